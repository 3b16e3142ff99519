package dev.elanus.storage;

import dev.elanus.host.Host;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The fetches that are under way, so that many who wait for the same bytes cause one download. */
final class MirrorQueue {
    /** Enough for a fast store and little beside the memory of any machine that serves vectors. */
    private static final long BYTES_IN_FLIGHT = 128L << 20;

    private final ObjectStore store;
    private final Host host;
    private final MirrorRoom room;
    private final ByteBudget budget;
    private final Map<MirrorEntry, List<MirrorFetch>> underWay = new HashMap<>();

    MirrorQueue(ObjectStore store, Host host, MirrorRoom room) {
        this.store = store;
        this.host = host;
        this.room = room;
        this.budget = new ByteBudget(BYTES_IN_FLIGHT, host);
    }

    /**
     * Starts what has to be fetched for some blocks of an object and is not under way already.
     *
     * @return what to wait for until the blocks and the tail are present
     */
    Set<CompletableFuture<Void>> start(MirrorEntry entry, BitSet missing, Meter meter) {
        Set<CompletableFuture<Void>> pending = new LinkedHashSet<>();
        List<MirrorFetch> started = new ArrayList<>();
        synchronized (this) {
            List<MirrorFetch> others = underWay.getOrDefault(entry, List.of());
            for (int block = missing.nextSetBit(0); block >= 0; block = missing.nextSetBit(block + 1)) {
                MirrorFetch other = covering(others, block);
                if (other != null) {
                    pending.add(other.done());
                }
                if (other != null || entry.isVerified(block)) {
                    missing.clear(block);
                }
            }
            MirrorFetch tail = entry.tail() == null ? withTail(others) : null;
            if (tail != null) {
                pending.add(tail.done());
            }
            boolean wantTail = entry.tail() == null && tail == null;
            for (BlockRun run : BlockRun.plan(missing, wantTail, entry.blockCount())) {
                MirrorFetch fetch = new MirrorFetch(entry, run, tail);
                tail = run.withTail() ? fetch : tail;
                underWay.computeIfAbsent(entry, _ -> new ArrayList<>()).add(fetch);
                started.add(fetch);
                pending.add(fetch.done());
            }
        }
        started.forEach(fetch -> start(entry, fetch, meter));
        return pending;
    }

    /** Whether anything is on its way. */
    synchronized boolean isBusy() {
        return !underWay.isEmpty();
    }

    /** A fetch with a tail never waits for its turn: others hold theirs while they wait for its checksums. */
    private void start(MirrorEntry entry, MirrorFetch fetch, Meter meter) {
        long turn = fetch.run().withTail() ? 0 : fetch.length();
        budget.take(turn);
        try {
            host.start(() -> {
                try {
                    fetch.fetch(store, meter, host, room);
                    finish(entry, fetch, turn, null);
                } catch (Throwable failure) {
                    finish(entry, fetch, turn, failure);
                }
                return null;
            });
        } catch (RuntimeException failure) {
            finish(entry, fetch, turn, failure);
        }
    }

    private void finish(MirrorEntry entry, MirrorFetch fetch, long turn, @Nullable Throwable failure) {
        remove(entry, fetch);
        budget.give(turn);
        if (failure == null) {
            fetch.done().complete(null);
        } else {
            fetch.done().completeExceptionally(failure);
        }
    }

    private synchronized void remove(MirrorEntry entry, MirrorFetch fetch) {
        List<MirrorFetch> fetches = underWay.getOrDefault(entry, List.of());
        fetches.remove(fetch);
        if (fetches.isEmpty()) {
            underWay.remove(entry);
        }
    }

    private static @Nullable MirrorFetch covering(List<MirrorFetch> fetches, int block) {
        for (MirrorFetch fetch : fetches) {
            if (fetch.run().covers(block)) {
                return fetch;
            }
        }
        return null;
    }

    private static @Nullable MirrorFetch withTail(List<MirrorFetch> fetches) {
        for (MirrorFetch fetch : fetches) {
            if (fetch.run().withTail()) {
                return fetch;
            }
        }
        return null;
    }
}
