package dev.elanus.storage;

import dev.elanus.column.ByteRange;
import java.util.List;

/**
 * Bytes of one object that are to be present.
 *
 * @param ranges in any order; they may overlap; none at all for the tail alone
 */
public record Need(MirroredObject object, List<ByteRange> ranges) {}
