package dev.elanus.search;

import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import dev.elanus.vector.Metric;
import java.util.List;

/**
 * Scores that shrink with the distance of a field's value from an origin.
 *
 * @param field a number or a time, in microseconds, that is never null
 * @param scale at which distance, beyond the offset, the factor is {@code decay}; above 0
 * @param offset the distance up to which nothing shrinks; 0 or more
 * @param decay between 0 and 1
 * @param normalized whether scores are first brought into 0 to 1
 * @param mode how the scores of several searches become one
 */
public record Decay(
        String field,
        Shape shape,
        double origin,
        double scale,
        double offset,
        double decay,
        boolean normalized,
        Mode mode)
        implements Fusion {
    /** The curve of the factor. */
    public enum Shape {
        GAUSS,
        EXP,
        LINEAR
    }

    /** What is taken of several scores. */
    public enum Mode {
        MAX,
        SUM,
        AVG
    }

    /** @throws Invalid if a number is out of its range */
    public Decay {
        if (!(scale > 0)) {
            throw new Invalid("decay function param: scale must > 0, but got " + scale);
        }
        if (!(offset >= 0)) {
            throw new Invalid("decay function param: offset must >= 0, but got " + offset);
        }
        if (!(decay > 0 && decay < 1)) {
            throw new Invalid("decay function param: decay must 0 < decay < 1, but got " + decay);
        }
    }

    /** The field that the factor comes from. @throws Invalid if it can be none */
    Field input(CollectionSchema schema) {
        Field found = schema.find(field).orElseThrow(() -> new Invalid("function input field not found: " + field));
        if (found.nullable()) {
            throw new Invalid("function input field cannot be nullable: field " + field);
        }
        return switch (found.type()) {
            case INT8, INT16, INT32, INT64, FLOAT, DOUBLE, TIMESTAMPTZ -> found;
            default ->
                throw new Invalid("decay rerank: unsupported input field type:"
                        + found.type().text() + ", only support numeric field");
        };
    }

    float score(float score, Metric metric) {
        return new Weighted(List.of(), normalized).normalize(score, metric, true);
    }

    /** What a score is multiplied by, 0 to 1. */
    double factor(double value) {
        double far = Math.max(0, Math.abs(value - origin) - offset);
        return switch (shape) {
            case GAUSS -> Math.exp(far * far * Math.log(decay) / (scale * scale));
            case EXP -> Math.exp(far * Math.log(decay) / scale);
            case LINEAR -> Math.max(decay, 1 - far * (1 - decay) / scale);
        };
    }
}
