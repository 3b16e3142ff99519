package dev.elanus.index;

import dev.elanus.column.ByteRange;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** What a search over one index comes to next: bytes that it needs, or its result. */
public sealed interface Step {
    /** Work that may go on once some bytes of the index are present. A stage is used by one thread at a time, once. */
    non-sealed interface Stage extends Step {
        /** Byte ranges of the index object that {@link #run} reads, in any order; they may overlap. */
        List<ByteRange> needs();

        /**
         * Computes over the bytes that {@link #needs} named. No I/O but page faults.
         *
         * @param object the whole index object, mapped; bytes outside of what was asked for may be missing
         */
        Step run(MemorySegment object);
    }

    /** The search is over. */
    record Done(Hits hits) implements Step {}
}
