package dev.elanus.index;

import static dev.elanus.column.Column.INT_LE;

import dev.elanus.error.Corrupt;
import dev.elanus.error.Unsupported;
import dev.elanus.schema.DataType;
import dev.elanus.vector.Metric;
import java.lang.foreign.MemorySegment;

/**
 * What the heads of all index objects have in common: magic, version, metric and dimension at offsets 0, 4, 8 and 12.
 */
final class Heads {
    private Heads() {}

    /**
     * @throws Corrupt if the bytes are not those of such an index for such a field
     * @throws Unsupported if they are of a later version
     */
    static void check(String what, int magic, int version, int headerBytes, VectorIndexSpec spec, MemorySegment bytes) {
        expectRange(what + ": length of the head", bytes.byteSize(), headerBytes, Long.MAX_VALUE);
        expect(what + ": magic", magic, bytes.get(INT_LE, 0));
        int found = bytes.get(INT_LE, 4);
        if (found > version) {
            throw Unsupported.version(what, found, version);
        }
        // What earlier versions wrote is read as it is.
        expectRange(what + ": version", found, 1, version);
        expect(what + ": metric", number(spec.metric()), bytes.get(INT_LE, 8));
        expect(what + ": dimension", spec.dimension(), bytes.get(INT_LE, 12));
    }

    static void expectRange(String what, long found, long low, long high) {
        if (found < low || found > high) {
            throw new Corrupt(what + ": expected " + low + " to " + high + ", found " + found);
        }
    }

    static int number(Metric metric) {
        return switch (metric) {
            case L2 -> 1;
            case IP -> 2;
            case COSINE -> 3;
            case HAMMING -> 4;
            case JACCARD -> 5;
            case MHJACCARD -> 6;
            default -> throw new IllegalStateException("no index object has the metric " + metric);
        };
    }

    static int number(DataType keyType) {
        return keyType == DataType.INT64 ? 1 : 2;
    }

    static DataType keyType(String what, int number) {
        expectRange(what + ": key type", number, 1, 2);
        return number == 1 ? DataType.INT64 : DataType.VARCHAR;
    }

    private static void expect(String what, int expected, int found) {
        if (expected != found) {
            throw new Corrupt(what + ": expected 0x%08x, found 0x%08x".formatted(expected, found));
        }
    }
}
