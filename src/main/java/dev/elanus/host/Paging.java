package dev.elanus.host;

import java.lang.foreign.MemorySegment;

/**
 * What the operating system is told of mapped files that do not fit into memory. It is advice alone: what is read stays the same. Without it a page that is not
 * there is fetched with megabytes around it, and one after the other.
 */
public interface Paging {
    /** That of a machine which cannot be told anything, or whose memory always suffices. */
    Paging NONE = new Paging() {
        @Override
        public boolean isScarce() {
            return false;
        }

        @Override
        public void expectRandom(MemorySegment bytes) {}

        @Override
        public void fetch(MemorySegment bytes) {}
    };

    /** Whether memory is short, so that advice is worth its calls: the process had to wait for many pages lately. */
    boolean isScarce();

    /** Tells that pages are read in no order, so that none around them are fetched. @param bytes mapped; other memory is left alone */
    void expectRandom(MemorySegment bytes);

    /** Starts to fetch the pages of some bytes, and does not wait for them. @param bytes mapped; other memory is left alone */
    void fetch(MemorySegment bytes);
}
