package dev.elanus.storage;

import dev.elanus.column.ByteRange;
import dev.elanus.column.Column;
import dev.elanus.error.Corrupt;
import dev.elanus.host.Host;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One request of a wave on its way: bytes are read, checked, written to the file and only then announced as present. */
final class MirrorFetch {
    private final MirrorEntry entry;
    private final BlockRun run;
    /** The fetch that brings the checksums, if they are not known yet. */
    private final @Nullable MirrorFetch first;

    private final CompletableFuture<Void> tailKnown = new CompletableFuture<>();
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    MirrorFetch(MirrorEntry entry, BlockRun run, @Nullable MirrorFetch first) {
        this.entry = entry;
        this.run = run;
        this.first = first;
    }

    BlockRun run() {
        return run;
    }

    long length() {
        return entry.rangeOf(run).length();
    }

    /** Completes when the bytes are present, or with what went wrong. */
    CompletableFuture<Void> done() {
        return done;
    }

    /** Fetches; once, on a task of its own. */
    void fetch(ObjectStore store, Meter meter, Host host, MirrorRoom room) {
        try {
            ByteRange range = entry.rangeOf(run);
            MemorySegment found = read(store, meter, range);
            if (run.withTail()) {
                found = withGoodTail(store, meter, found);
                tailKnown.complete(null);
            } else if (first != null) {
                host.await(first.tailKnown);
            }
            for (int block = run.from(); block < run.end(); block++) {
                found = withGoodBlock(store, meter, found, block);
            }
            entry.keep(run, found, room);
        } catch (RuntimeException | Error failure) {
            tailKnown.completeExceptionally(failure);
            throw failure;
        }
    }

    private MemorySegment withGoodTail(ObjectStore store, Meter meter, MemorySegment found) {
        long length = entry.ref().length() - entry.ref().tailOffset();
        long at = found.byteSize() - length;
        try {
            entry.acceptTail(found.asSlice(at));
            return found;
        } catch (Corrupt _) {
            // A transfer may have spoilt it: once more, then it is the store.
            MemorySegment again = read(store, meter, new ByteRange(entry.ref().tailOffset(), length));
            entry.acceptTail(again);
            return patched(found, at, again);
        }
    }

    private MemorySegment withGoodBlock(ObjectStore store, Meter meter, MemorySegment found, int block) {
        MemorySegment bytes = entry.blockOf(found, run.from(), block);
        try {
            entry.check(block, bytes);
            return found;
        } catch (Corrupt _) {
            MemorySegment again =
                    read(store, meter, new ByteRange((long) block * MirrorEntry.BLOCK_BYTES, bytes.byteSize()));
            entry.check(block, again);
            return patched(found, (long) (block - run.from()) * MirrorEntry.BLOCK_BYTES, again);
        }
    }

    private MemorySegment read(ObjectStore store, Meter meter, ByteRange range) {
        MemorySegment bytes = store.read(entry.ref().key(), range);
        meter.countGet(bytes.byteSize());
        return bytes;
    }

    private static MemorySegment patched(MemorySegment found, long at, MemorySegment good) {
        MemorySegment copy = Column.allocate(found.byteSize());
        copy.copyFrom(found);
        MemorySegment.copy(good, 0, copy, at, good.byteSize());
        return copy;
    }
}
