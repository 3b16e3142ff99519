package dev.elanus.search;

import dev.elanus.analysis.FieldAnalyzer;
import dev.elanus.column.VectorElements;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.FunctionSchema;
import dev.elanus.vector.Metric;
import dev.elanus.vector.QueryVector;
import dev.elanus.vector.SparseQuery;
import dev.elanus.vector.TermFrequencies;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Targets as vectors that rows of a field can be compared with. */
final class TargetVectors {
    private TargetVectors() {}

    /** The search parameter that says which of a field's analyzers cuts the texts that are looked for. */
    static final String ANALYZER = "analyzer_name";

    /**
     * @param targets no keys
     * @param params of the search
     * @throws Invalid if one does not go with the field
     */
    static List<QueryVector> of(
            CollectionSchema schema, Field field, List<SearchTarget> targets, Map<String, String> params) {
        Optional<Field> texts = input(schema, field);
        List<QueryVector> vectors = new ArrayList<>();
        for (SearchTarget target : targets) {
            vectors.add(
                    switch (target) {
                        case SearchTarget.Vector(QueryVector vector) -> checked(field, texts.isPresent(), vector);
                        case SearchTarget.Several(DataType type, byte[] bytes) -> list(field, type, bytes);
                        case SearchTarget.Text(String text) -> analyzed(field, texts, text, params);
                        case SearchTarget.Nothing _ -> placeholder(field);
                        case SearchTarget.Key(Object key) -> throw new IllegalStateException("not looked up: " + key);
                    });
        }
        return vectors;
    }

    /** Stands in line with the others, so that all have their numbers; {@link SearchHits#withoutNothing} drops what it finds. */
    private static QueryVector placeholder(Field field) {
        return switch (field.type()) {
            case SPARSE_FLOAT_VECTOR -> QueryVector.sparse(new byte[0]);
            case BINARY_VECTOR -> new QueryVector.Bits(new byte[field.dimension() / Byte.SIZE]);
            default -> new QueryVector.Floats(field.type(), new float[field.dimension()]);
        };
    }

    /** The field of the texts that a function makes the field's vectors of. */
    static Optional<Field> input(CollectionSchema schema, Field field) {
        for (FunctionSchema function : schema.functions()) {
            if (function.outputs().contains(field.name())) {
                return Optional.of(schema.field(function.inputs().getFirst()));
            }
        }
        return Optional.empty();
    }

    private static QueryVector analyzed(Field field, Optional<Field> texts, String text, Map<String, String> params) {
        Field input = texts.orElseThrow(() -> new Invalid("vector type must be the same, field " + field.name()
                + " of type " + field.type().text() + " has no function that makes vectors of texts"));
        return QueryVector.sparse(TermFrequencies.of(FieldAnalyzer.of(input), params.get(ANALYZER), text));
    }

    private static QueryVector list(Field field, DataType type, byte[] bytes) {
        if (field.type() != DataType.ARRAY_OF_VECTOR || field.elementType() != type) {
            throw new Invalid("vector type must be the same, field " + field.name() + " - type "
                    + field.type().text() + ", search vector type list of " + type.text());
        }
        int width = type.vectorBytes(field.dimension());
        if (bytes.length == 0 || bytes.length % width != 0) {
            throw wrongDimension(width, bytes.length);
        }
        List<QueryVector> vectors = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += width) {
            byte[] one = Arrays.copyOfRange(bytes, at, at + width);
            float[] numbers = new float[field.dimension()];
            VectorElements.read(type, MemorySegment.ofArray(one), 0, numbers);
            vectors.add(
                    type == DataType.BINARY_VECTOR ? new QueryVector.Bits(one) : new QueryVector.Floats(type, numbers));
        }
        return new QueryVector.Several(vectors);
    }

    private static QueryVector checked(Field field, boolean ofTexts, QueryVector vector) {
        if (ofTexts) {
            throw new Invalid("please provide varchar/text for BM25 Function based search, got "
                    + type(vector).text());
        }
        boolean isList = field.type() == DataType.ARRAY_OF_VECTOR;
        DataType ofRows = isList ? field.elementType() : field.type();
        if (!fits(ofRows, type(vector))) {
            throw new Invalid("vector type must be the same, field " + field.name() + " - type "
                    + field.type().text() + ", search vector type "
                    + type(vector).text());
        }
        switch (vector) {
            case QueryVector.Floats(DataType type, float[] components) -> {
                if (components.length != field.dimension()) {
                    throw wrongDimension(type.vectorBytes(field.dimension()), type.vectorBytes(components.length));
                }
                // The bytes of lists are read by the type of what they are compared with.
                return isList ? new QueryVector.Floats(ofRows, components) : vector;
            }
            case QueryVector.Bits(byte[] bytes) -> {
                int expected = ofRows.vectorBytes(field.dimension());
                if (bytes.length != expected) {
                    throw wrongDimension(expected, bytes.length);
                }
                return vector;
            }
            case SparseQuery _, QueryVector.Several _ -> {
                return vector;
            }
        }
    }

    /** @throws Invalid if lists are to be compared by a metric of single vectors, or the other way round */
    static void checkMetric(Field field, Metric metric, List<QueryVector> vectors) {
        if (field.type() != DataType.ARRAY_OF_VECTOR) {
            return;
        }
        for (QueryVector vector : vectors) {
            boolean isList = vector instanceof QueryVector.Several;
            if (isList != metric.ofEach().isPresent()) {
                throw new Invalid("vector type must be the same, field " + field.name() + " - type "
                        + field.type().text() + ", search vector type "
                        + (isList ? "list of " : "") + field.elementType().text() + ": metric type " + metric
                        + (isList ? " compares single vectors" : " compares lists of vectors"));
            }
        }
    }

    private static Invalid wrongDimension(int expected, int found) {
        return new Invalid("failed to search: vector dimension mismatch, expected vector size(byte) " + expected
                + ", actual " + found + ".");
    }

    /** float32 is compared with rows of halves too. */
    private static boolean fits(DataType field, DataType query) {
        boolean isHalf = field == DataType.FLOAT16_VECTOR || field == DataType.BFLOAT16_VECTOR;
        return field == query || isHalf && query == DataType.FLOAT_VECTOR;
    }

    private static DataType type(QueryVector vector) {
        return switch (vector) {
            case QueryVector.Floats floats -> floats.type();
            case QueryVector.Bits _ -> DataType.BINARY_VECTOR;
            case SparseQuery _ -> DataType.SPARSE_FLOAT_VECTOR;
            case QueryVector.Several _ -> DataType.ARRAY_OF_VECTOR;
        };
    }
}
