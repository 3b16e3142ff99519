package dev.elanus.index;

import dev.elanus.column.Column;
import dev.elanus.column.VectorColumn;
import dev.elanus.vector.HalfByteCodes;
import dev.elanus.vector.Int8Quantizer;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.ProductQuantizer;
import java.lang.foreign.MemorySegment;

/** What the blocks of a cluster index hold of each row. Used by one thread at a time: what methods give holds until the next call. */
sealed interface RowCodes {
    ClusterHead.CodeKind kind();

    /**
     * One row's code.
     *
     * @param vector the row as the index compares it
     */
    MemorySegment code(int row, float[] vector);

    /** What refines a row's code. */
    default MemorySegment refinement(float[] vector) {
        throw new IllegalStateException(kind() + " are not refined");
    }

    /** Writes what decodes the codes. */
    void writeQuantizer(Writer out);

    /** No codes, but the vectors themselves. */
    record None() implements RowCodes {
        @Override
        public ClusterHead.CodeKind kind() {
            return ClusterHead.CodeKind.FLOAT32;
        }

        @Override
        public MemorySegment code(int row, float[] vector) {
            throw new IllegalStateException("float32 rows have no codes");
        }

        @Override
        public void writeQuantizer(Writer out) {}
    }

    /** A byte a component. */
    record Int8(ClusterHead.CodeKind kind, Int8Quantizer quantizer, MemorySegment code, MemorySegment refined)
            implements RowCodes {
        Int8(ClusterHead.CodeKind kind, Int8Quantizer quantizer) {
            this(
                    kind,
                    quantizer,
                    Column.allocate(quantizer.base().length),
                    Column.allocate((long) Short.BYTES * quantizer.base().length));
        }

        @Override
        public MemorySegment code(int row, float[] vector) {
            quantizer.encode(vector, code, 0);
            return code;
        }

        @Override
        public MemorySegment refinement(float[] vector) {
            quantizer.refine(vector, refined, 0);
            return refined;
        }

        @Override
        public void writeQuantizer(Writer out) {
            MemorySegment trained = Column.allocate(2L * Float.BYTES * quantizer.base().length);
            quantizer.write(trained, 0);
            out.put(trained);
        }
    }

    /** A byte a piece. */
    record Product(
            Kernels kernels, ProductQuantizer quantizer, boolean withVectors, MemorySegment code, float[] scratch)
            implements RowCodes {
        Product(Kernels kernels, ProductQuantizer quantizer, boolean withVectors) {
            this(
                    kernels,
                    quantizer,
                    withVectors,
                    Column.allocate(quantizer.pieces()),
                    new float[ProductQuantizer.OF_BYTES]);
        }

        @Override
        public ClusterHead.CodeKind kind() {
            return withVectors ? ClusterHead.CodeKind.PRODUCT_AND_FLOAT32 : ClusterHead.CodeKind.PRODUCT;
        }

        @Override
        public MemorySegment code(int row, float[] vector) {
            quantizer.encode(kernels, vector, code, 0, scratch);
            return code;
        }

        @Override
        public void writeQuantizer(Writer out) {
            out.putInt(quantizer.pieces());
            out.put(quantizer.centroids());
        }
    }

    /** Half a byte a piece. */
    record HalfBytes(Kernels kernels, ProductQuantizer quantizer, boolean withVectors, byte[] codes, float[] scratch)
            implements RowCodes {
        HalfBytes(Kernels kernels, ProductQuantizer quantizer, boolean withVectors) {
            this(
                    kernels,
                    quantizer,
                    withVectors,
                    new byte[quantizer.pieces()],
                    new float[ProductQuantizer.OF_HALF_BYTES]);
        }

        @Override
        public ClusterHead.CodeKind kind() {
            return withVectors ? ClusterHead.CodeKind.HALF_BYTES_AND_FLOAT32 : ClusterHead.CodeKind.HALF_BYTES;
        }

        @Override
        public MemorySegment code(int row, float[] vector) {
            throw new IllegalStateException("half bytes of many rows stand together");
        }

        /** Writes a row's codes to its place among those that start at the first byte. */
        void code(float[] vector, int place, MemorySegment into) {
            quantizer.encode(kernels, vector, codes, scratch);
            HalfByteCodes.write(codes, place, into, 0);
        }

        @Override
        public void writeQuantizer(Writer out) {
            out.putInt(quantizer.pieces());
            out.put(quantizer.centroids());
        }
    }

    /** Half a byte a piece, and behind them a byte a component. */
    record Sketched(HalfBytes sketches, Int8 codes) implements RowCodes {
        @Override
        public ClusterHead.CodeKind kind() {
            return codes.kind() == ClusterHead.CodeKind.INT8_EXACT
                    ? ClusterHead.CodeKind.SKETCHED_INT8_EXACT
                    : ClusterHead.CodeKind.SKETCHED_INT8_REFINED;
        }

        @Override
        public MemorySegment code(int row, float[] vector) {
            return codes.code(row, vector);
        }

        @Override
        public MemorySegment refinement(float[] vector) {
            return codes.refinement(vector);
        }

        @Override
        public void writeQuantizer(Writer out) {
            codes.writeQuantizer(out);
            sketches.writeQuantizer(out);
        }
    }

    /** A binary vector as it is. */
    record Bits(VectorColumn vectors) implements RowCodes {
        @Override
        public ClusterHead.CodeKind kind() {
            return ClusterHead.CodeKind.BITS;
        }

        @Override
        public MemorySegment code(int row, float[] vector) {
            return vectors.vectorAt(row);
        }

        @Override
        public void writeQuantizer(Writer out) {}
    }
}
