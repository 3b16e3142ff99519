package dev.elanus.index;

import dev.elanus.column.RowSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one query vector asks of one index.
 *
 * @param vector the field's dimension of components
 * @param k hits wanted, at least 1
 * @param allowed rows that may be hits, null for all; fewer hits than {@code k} come back only if fewer rows are
 *     allowed, or could be reached with the parameters given
 * @param params search parameters by name, as {@link IndexSpec#checkSearch} accepted them
 */
public record IndexQuery(float[] vector, int k, @Nullable RowSet allowed, Map<String, String> params) {}
