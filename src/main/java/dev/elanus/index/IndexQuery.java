package dev.elanus.index;

import dev.elanus.column.RowSet;
import dev.elanus.vector.DistanceRange;
import dev.elanus.vector.QueryVector;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one query vector asks of one index.
 *
 * @param vector of the kind and, if dense, of the dimension of the field's
 * @param k hits wanted, at least 1
 * @param allowed rows that may be hits, null for all; fewer hits than {@code k} come back only if fewer rows are
 *     allowed, or could be reached with the parameters given
 * @param params search parameters by name, as {@link VectorIndexSpec#checkSearch} accepted them
 * @param share of all rows that the search compares, those that this index holds, in (0, 1]: where it is small, few of the {@code k} nearest of
 *     all will be found here
 * @param range of the hits' distances; indexes that are not exact give what lies outside of it as well
 */
public record IndexQuery(
        QueryVector vector,
        int k,
        @Nullable RowSet allowed,
        Map<String, String> params,
        double share,
        DistanceRange range) {
    /** A search of one index alone. */
    public IndexQuery(QueryVector vector, int k, @Nullable RowSet allowed, Map<String, String> params) {
        this(vector, k, allowed, params, 1, DistanceRange.ALL);
    }

    /** A search of one index alone by a float32 vector. */
    public IndexQuery(float[] vector, int k, @Nullable RowSet allowed, Map<String, String> params) {
        this(new QueryVector.Floats(vector), k, allowed, params);
    }

    /** An integer parameter of the search, or what stands for it. */
    int param(String name, int otherwise) {
        String text = params.get(name);
        return text == null ? otherwise : Integer.parseInt(text);
    }
}
