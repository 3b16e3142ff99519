package dev.elanus.vector;

import dev.elanus.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** What rows are compared with. */
public sealed interface QueryVector permits QueryVector.Floats, QueryVector.Bits, QueryVector.Several, SparseQuery {
    /** Bytes that it takes in memory. */
    long sizeBytes();

    /**
     * A dense vector of numbers.
     *
     * @param type as which it came: FLOAT_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR or INT8_VECTOR
     * @param components not copied, must not change
     */
    record Floats(DataType type, float[] components) implements QueryVector {
        /** A vector that came as float32. */
        public Floats(float[] components) {
            this(DataType.FLOAT_VECTOR, components);
        }

        @Override
        public long sizeBytes() {
            return (long) components.length * Float.BYTES;
        }
    }

    /**
     * A vector of bits.
     *
     * @param bytes eight bits each, not copied, must not change
     */
    record Bits(byte[] bytes) implements QueryVector {
        @Override
        public long sizeBytes() {
            return bytes.length;
        }
    }

    /**
     * A list of vectors, which lists are compared with.
     *
     * @param vectors at least one, all dense, of one type and of one dimension
     */
    record Several(List<QueryVector> vectors) implements QueryVector {
        public Several {
            vectors = List.copyOf(vectors);
        }

        @Override
        public long sizeBytes() {
            return vectors.stream().mapToLong(QueryVector::sizeBytes).sum();
        }
    }

    /** A sparse vector whose pairs of uint32 index and float32 value, ascending, are these bytes. */
    static SparseQuery sparse(byte[] pairs) {
        return SparseQuery.of(MemorySegment.ofArray(pairs));
    }
}
