package dev.elanus.storage;

import dev.elanus.segment.ObjectTail;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/** An object as mapped memory, kept from eviction until it is closed. Safe for use from many threads. */
public final class MirroredObject implements AutoCloseable {
    private final Mirror mirror;
    private final MirrorEntry entry;
    private final AtomicBoolean closed = new AtomicBoolean();

    MirroredObject(Mirror mirror, MirrorEntry entry) {
        this.mirror = mirror;
        this.entry = entry;
    }

    public ObjectRef ref() {
        return entry.ref();
    }

    /** The whole object, read-only. Bytes that no {@link Mirror#bring} has brought may be zeros; the mapping outlives {@link #close}. */
    public MemorySegment bytes() {
        return entry.bytes();
    }

    /**
     * The object's decoded tail, of which the directory is what readers want.
     *
     * @throws IllegalStateException before the first {@link Mirror#bring} of this object
     */
    public ObjectTail tail() {
        ObjectTail tail = entry.tail();
        if (tail == null) {
            throw new IllegalStateException("object " + ref().key() + ": its tail was not brought yet");
        }
        return tail;
    }

    MirrorEntry entry() {
        return entry;
    }

    /** Allows the object to be evicted. Closing twice is harmless. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            mirror.unpin(entry);
        }
    }
}
