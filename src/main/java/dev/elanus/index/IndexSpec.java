package dev.elanus.index;

import dev.elanus.vector.Metric;
import java.util.Map;

/**
 * A vector index that was asked for, its parameters checked.
 *
 * @param dimension components of the field's vectors
 * @param params every parameter as the client gave it, {@code index_type} and {@code metric_type} included
 */
public record IndexSpec(IndexKind kind, Metric metric, int dimension, Map<String, String> params) {
    public IndexSpec {
        params = Map.copyOf(params);
    }
}
