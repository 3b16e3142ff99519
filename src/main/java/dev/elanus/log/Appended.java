package dev.elanus.log;

import dev.elanus.column.Column;
import java.util.Optional;

/**
 * A durable write.
 *
 * @param keys of the rows that were added, generated ones included; empty if none were
 * @param timestamp hybrid timestamp of the write
 */
public record Appended(Optional<Column> keys, long timestamp) {}
