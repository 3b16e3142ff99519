package dev.elanus.engine;

import dev.elanus.column.SparseRow;
import dev.elanus.error.Invalid;
import java.lang.foreign.MemorySegment;

/** What sparse vectors must keep, rows and queries alike, in the words of Milvus. */
public final class SparseRules {
    private static final long END_OF_INDEXES = (1L << 32) - 1;

    private SparseRules() {}

    /** @param row pairs as {@link SparseRow} describes them */
    public static void check(MemorySegment row) {
        if (row.byteSize() % SparseRow.PAIR_BYTES != 0) {
            throw invalid("invalid data length in sparse float vector: " + row.byteSize());
        }
        long last = -1;
        for (long at = 0; at < row.byteSize(); at += SparseRow.PAIR_BYTES) {
            long index = SparseRow.indexAt(row, at);
            float value = SparseRow.valueAt(row, at);
            if (index <= last) {
                throw invalid("unsorted or same indices in sparse float vector");
            }
            if (index == END_OF_INDEXES) {
                throw invalid("invalid index in sparse float vector: must be less than 2^32-1");
            }
            if (!Float.isFinite(value)) {
                throw invalid("value '" + value + "' is not a number or infinity");
            }
            if (value < 0) {
                throw invalid("negative value in sparse float vector");
            }
            last = index;
        }
    }

    private static Invalid invalid(String message) {
        return new Invalid(message + ": invalid parameter");
    }
}
