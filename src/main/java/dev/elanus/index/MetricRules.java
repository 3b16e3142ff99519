package dev.elanus.index;

import dev.elanus.error.Invalid;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.vector.Metric;
import java.util.EnumSet;
import java.util.Set;

/** Which metrics compare which vectors. */
final class MetricRules {
    private static final Set<Metric> OF_NUMBERS = EnumSet.of(Metric.L2, Metric.IP, Metric.COSINE);
    private static final Set<Metric> OF_BITS =
            EnumSet.of(Metric.HAMMING, Metric.JACCARD, Metric.SUBSTRUCTURE, Metric.SUPERSTRUCTURE, Metric.MHJACCARD);
    /** Of lists as a whole, or of each of their vectors by itself. */
    private static final Set<Metric> OF_NUMBER_LISTS = EnumSet.of(
            Metric.MAX_SIM,
            Metric.MAX_SIM_COSINE,
            Metric.MAX_SIM_IP,
            Metric.MAX_SIM_L2,
            Metric.L2,
            Metric.IP,
            Metric.COSINE);

    private static final Set<Metric> OF_BIT_LISTS =
            EnumSet.of(Metric.MAX_SIM_HAMMING, Metric.MAX_SIM_JACCARD, Metric.HAMMING, Metric.JACCARD);
    private static final Set<Metric> OF_PAIRS = EnumSet.of(Metric.IP, Metric.BM25);

    private MetricRules() {}

    /** The metric of an AUTOINDEX that names none. */
    static Metric standard(Field field) {
        if (field.functionOutput()) {
            return Metric.BM25;
        }
        return switch (field.type()) {
            case SPARSE_FLOAT_VECTOR -> Metric.IP;
            case ARRAY_OF_VECTOR ->
                field.elementType() == DataType.BINARY_VECTOR ? Metric.MAX_SIM_HAMMING : Metric.MAX_SIM;
            case BINARY_VECTOR -> Metric.HAMMING;
            default -> Metric.COSINE;
        };
    }

    /** @throws Invalid if the field's vectors have no such metric */
    static Metric parse(Field field, String name) {
        Set<Metric> legal = switch (field.type()) {
            case SPARSE_FLOAT_VECTOR -> OF_PAIRS;
            case BINARY_VECTOR -> OF_BITS;
            case ARRAY_OF_VECTOR -> field.elementType() == DataType.BINARY_VECTOR ? OF_BIT_LISTS : OF_NUMBER_LISTS;
            default -> OF_NUMBERS;
        };
        Metric metric = Metric.find(name).filter(legal::contains).orElseThrow(() -> unknown(field, name));
        if (field.functionOutput() && metric != Metric.BM25) {
            throw new Invalid("index metric type of BM25 function output field must be BM25, got " + name);
        }
        if (!field.functionOutput() && metric == Metric.BM25) {
            throw new Invalid("only BM25 Function output field support BM25 metric type");
        }
        return metric;
    }

    /** @throws Invalid if indexes of the kind do not know the metric */
    static void check(IndexKind kind, Metric metric) {
        boolean ofAny = metric == Metric.HAMMING || metric == Metric.JACCARD;
        boolean isLegal = switch (kind) {
            case BIN_FLAT -> metric != Metric.MHJACCARD;
            case BIN_IVF_FLAT -> ofAny;
            case MINHASH_LSH -> metric == Metric.MHJACCARD;
            case HNSW -> ofAny || !OF_BITS.contains(metric);
            case GPU_CAGRA -> metric == Metric.HAMMING || !OF_BITS.contains(metric);
            case AUTOINDEX ->
                OF_NUMBERS.contains(metric)
                        || OF_PAIRS.contains(metric)
                        || ofAny
                        || metric.ofEach().isPresent();
            default -> true;
        };
        if (!isLegal) {
            throw new Invalid("metric type not found or not supported, supported: " + supported(kind) + ": metric type "
                    + metric + " does not go with index type " + kind);
        }
    }

    private static String supported(IndexKind kind) {
        return switch (kind) {
            case MINHASH_LSH -> "[MHJACCARD]";
            case GPU_CAGRA -> "[HAMMING]";
            default -> "[HAMMING JACCARD]";
        };
    }

    private static Invalid unknown(Field field, String name) {
        return switch (field.type()) {
            case SPARSE_FLOAT_VECTOR ->
                new Invalid("only IP&BM25 is the supported metric type for sparse index, found " + name);
            case BINARY_VECTOR -> new Invalid("binary vector index does not support metric type: " + name);
            case ARRAY_OF_VECTOR ->
                new Invalid("array of vector with "
                        + (field.elementType() == DataType.BINARY_VECTOR ? "binary" : "float")
                        + " element type does not support metric type: " + name);
            case INT8_VECTOR -> new Invalid("int vector index does not support metric type: " + name);
            default -> new Invalid("float vector index does not support metric type: " + name);
        };
    }
}
