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
 * @param params search parameters by name, as {@link VectorIndexSpec#checkSearch} accepted them
 * @param share of all rows that the search compares, those that this index holds, in (0, 1]: where it is small, few of the {@code k} nearest of
 *     all will be found here
 */
public record IndexQuery(float[] vector, int k, @Nullable RowSet allowed, Map<String, String> params, double share) {
    /** A search of one index alone. */
    public IndexQuery(float[] vector, int k, @Nullable RowSet allowed, Map<String, String> params) {
        this(vector, k, allowed, params, 1);
    }
}
