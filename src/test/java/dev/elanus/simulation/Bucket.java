package dev.elanus.simulation;

import dev.elanus.column.Column;
import dev.elanus.storage.ObjectStore.Listed;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the store holds, and the whole story of how it came to be: the bytes of every object of a kind that says what is true. */
final class Bucket {
    private record Held(MemorySegment bytes, long modifiedMillis) {}

    /**
     * An object that came to be.
     *
     * @param goneNanos when it was deleted; {@code Long.MAX_VALUE} if it never was
     */
    record Made(String key, MemorySegment bytes, long atNanos, long goneNanos) {
        boolean isThereAt(long nanos) {
            return atNanos <= nanos && nanos < goneNanos;
        }
    }

    private final Scheduler scheduler;
    private final TreeMap<String, Held> objects = new TreeMap<>();
    private final Map<String, Made> made = new TreeMap<>();

    Bucket(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Bytes of one's own, as a request carries them. */
    static MemorySegment copyOf(MemorySegment bytes) {
        return Column.allocate(bytes.byteSize()).copyFrom(bytes).asReadOnly();
    }

    boolean putIfAbsent(String key, MemorySegment bytes) {
        if (objects.containsKey(key)) {
            return false;
        }
        objects.put(key, new Held(bytes, millis()));
        if (key.startsWith("catalog/") || key.contains("/manifest/") || key.contains("/log/")) {
            // What is written again after it was cleared away counts as never gone.
            made.merge(
                    key,
                    new Made(key, bytes, scheduler.nowNanos(), Long.MAX_VALUE),
                    (first, _) -> new Made(key, first.bytes, first.atNanos, Long.MAX_VALUE));
        }
        return true;
    }

    void replace(String key, MemorySegment bytes) {
        objects.put(key, new Held(bytes, millis()));
    }

    Optional<MemorySegment> get(String key) {
        return Optional.ofNullable(objects.get(key)).map(Held::bytes);
    }

    void delete(String key) {
        if (objects.remove(key) != null) {
            made.computeIfPresent(
                    key, (_, object) -> new Made(key, object.bytes, object.atNanos, scheduler.nowNanos()));
        }
    }

    List<Listed> list(String prefix, String startAfter, int limit) {
        boolean inside = startAfter.compareTo(prefix) >= 0;
        List<Listed> listed = new ArrayList<>();
        for (Map.Entry<String, Held> entry :
                objects.tailMap(inside ? startAfter : prefix, !inside).entrySet()) {
            if (listed.size() == limit || !entry.getKey().startsWith(prefix)) {
                break;
            }
            Held held = entry.getValue();
            listed.add(new Listed(entry.getKey(), held.bytes.byteSize(), held.modifiedMillis));
        }
        return listed;
    }

    /** Every catalog, manifest and batch of a log that ever was, by key, as it was first. */
    Map<String, Made> made() {
        return Collections.unmodifiableMap(made);
    }

    private long millis() {
        return SimulatedHost.EPOCH_MILLIS + scheduler.nowNanos() / 1_000_000;
    }
}
