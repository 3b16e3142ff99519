package dev.elanus.index;

import java.lang.foreign.MemorySegment;

/** Where a builder writes an index, from its first byte to its last. */
public interface IndexOutput {
    /** Bytes written so far. */
    long position();

    /** Appends bytes; the memory may be reused afterwards. */
    void write(MemorySegment bytes);

    /** Appends zeros until {@link #position} is a multiple of {@code alignment}, a power of two. */
    void align(int alignment);
}
