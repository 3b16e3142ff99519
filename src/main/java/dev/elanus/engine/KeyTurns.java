package dev.elanus.engine;

import dev.elanus.column.Column;
import dev.elanus.column.Keys;
import dev.elanus.error.Busy;
import dev.elanus.host.Host;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Lets those that read rows and write them again do so one after the other, where they are about the same keys: in the order in which they came.
 * Safe for use from many threads.
 */
final class KeyTurns {
    private record Place(long collectionId, Object key) {}

    private final Host host;
    /** Who came last for each key. Guarded by this. */
    private final Map<Place, CompletableFuture<Void>> last = new HashMap<>();

    KeyTurns(Host host) {
        this.host = host;
    }

    /** A turn that has come; it ends when it is closed. */
    record Turn(KeyTurns turns, List<Place> places, CompletableFuture<Void> end) implements AutoCloseable {
        @Override
        public void close() {
            turns.leave(this);
        }
    }

    /**
     * Waits for the turn of some keys.
     *
     * @throws Busy if it has not come within the limit
     */
    Turn take(long collectionId, Column keys, Duration limit) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        List<Place> places = java.util.stream.IntStream.range(0, keys.rowCount())
                .mapToObj(row -> new Place(collectionId, Keys.valueAt(keys, row)))
                .toList();
        Set<CompletableFuture<Void>> before = new LinkedHashSet<>();
        synchronized (this) {
            for (Place place : places) {
                CompletableFuture<Void> one = last.put(place, end);
                if (one != null) {
                    before.add(one);
                }
            }
        }
        Turn turn = new Turn(this, places, end);
        long startedAt = host.nanoTime();
        for (CompletableFuture<Void> one : before) {
            Duration left = limit.minusNanos(host.nanoTime() - startedAt);
            if (!host.await(one, left.isNegative() ? Duration.ZERO : left)) {
                giveUp(turn, before);
                throw new Busy(
                        "the update waited its whole time of " + limit + " for others of the same keys; retry later");
            }
        }
        return turn;
    }

    /** Those behind wait on for those before. */
    private void giveUp(Turn turn, Set<CompletableFuture<Void>> before) {
        CompletableFuture.allOf(before.toArray(CompletableFuture[]::new)).whenComplete((_, _) -> leave(turn));
    }

    private void leave(Turn turn) {
        synchronized (this) {
            turn.places.forEach(place -> last.remove(place, turn.end));
        }
        turn.end.complete(null);
    }
}
