package dev.elanus.storage;

import dev.elanus.column.ByteRange;
import dev.elanus.error.Corrupt;
import dev.elanus.error.Unavailable;
import dev.elanus.host.Host;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Remote objects as sparse local files, mapped into memory, whose missing blocks are brought on demand: all blocks that one stage of a
 * search needs, of all objects, in one wave of parallel requests. Every block is checked against its checksum before it is first used in
 * this process, also one that lay on the disk. Objects of a folder store are mapped where they are, and are checked all the same.
 *
 * <p>The files take up to a budget of bytes; beyond it the least recently used object that nobody has open is dropped whole. Its mapping
 * lives, and with it its space on the disk, until the garbage collector finds that nobody can reach it any more. Safe for use from many
 * threads.
 */
public final class Mirror implements AutoCloseable {
    /** Objects mapped in place cost nothing but must not keep the space of deleted files for ever. */
    private static final int IDLE_IN_PLACE = 64;
    /** For jobs that no client waits for. */
    private static final Duration PATIENT = Duration.ofDays(1);

    /** An object that somebody has open or had. Guarded by the mirror. */
    private static final class Place {
        final CompletableFuture<MirrorEntry> ready = new CompletableFuture<>();

        @Nullable
        MirrorEntry entry;

        int pins;
        long lastUsed;

        boolean isIdle(boolean inPlace) {
            return pins == 0 && entry != null && entry.isInPlace() == inPlace;
        }
    }

    private final ObjectStore store;
    private final MirrorFolder folder;
    private final long budgetBytes;
    private final Host host;
    private final MirrorQueue queue;
    private final MirrorRoom room;
    private final MirrorFill fill;
    private final boolean fillsOnTouch;
    private final Map<String, Place> places = new HashMap<>();
    private long uses;

    /** As {@link #Mirror(ObjectStore, Path, long, boolean, Host)}, filling only what {@link #prefetch} is told. */
    public Mirror(ObjectStore store, Path folder, long budgetBytes, Host host) {
        this(store, folder, budgetBytes, false, host);
    }

    /**
     * A mirror of a store, with the files that a former process left in the folder.
     *
     * @param folder may be shared with other processes, which take subfolders of their own
     * @param budgetBytes of the files together, not counting what is mapped in place
     * @param fillsOnTouch whether an object that is opened for the first time is filled whole in the background
     */
    public Mirror(ObjectStore store, Path folder, long budgetBytes, boolean fillsOnTouch, Host host) {
        this.store = store;
        this.folder = MirrorFolder.open(folder);
        this.budgetBytes = budgetBytes;
        this.host = host;
        this.room = new MirrorRoom(this.folder.path(), host, this::dropIdle);
        this.queue = new MirrorQueue(store, host, room);
        this.fill = new MirrorFill(this, host);
        this.fillsOnTouch = fillsOnTouch;
        evict();
    }

    /** A folder of this process alone for objects under construction; what a killed process left in it is gone. */
    public Path scratch() {
        return folder.scratch();
    }

    /**
     * Opens an object. Nothing is read from the store, so that a missing object is noticed by the first {@link #bring}.
     *
     * @throws Corrupt if the object is here with another length
     */
    public MirroredObject open(ObjectRef ref) {
        Place place;
        boolean isNew = false;
        synchronized (this) {
            place = places.get(ref.key());
            if (place == null) {
                place = new Place();
                places.put(ref.key(), place);
                isNew = true;
            }
            place.pins++;
            place.lastUsed = ++uses;
        }
        if (isNew) {
            map(ref, place);
        }
        MirrorEntry entry = host.await(place.ready);
        if (!entry.ref().equals(ref)) {
            unpin(entry);
            throw new Corrupt(describe(ref) + ": expected " + entry.ref() + ", found " + ref);
        }
        return new MirroredObject(this, entry);
    }

    /**
     * Makes byte ranges present, in one wave: everything that is missing is asked for at the same time, neighbouring blocks together, and
     * bytes that another request is fetching already are waited for. The first time that an object is brought, its tail comes with it.
     *
     * @param meter counts the requests that this call caused
     * @return whether anything had to be waited for
     * @throws Corrupt if bytes are not what was written, also when fetched a second time
     * @throws dev.elanus.error.NotFound if an object is gone
     */
    public boolean bring(List<Need> needs, Meter meter) {
        return bring(needs, meter, PATIENT);
    }

    /**
     * As {@link #bring(List, Meter)}, waiting no longer than a request has time. What is under way then goes on: others may wait for it, and
     * who asks again finds it here.
     *
     * @throws Unavailable if not everything came in time
     */
    public boolean bring(List<Need> needs, Meter meter, Duration limit) {
        if (hasAll(needs)) {
            return false;
        }
        Map<MirrorEntry, BitSet> missing = new LinkedHashMap<>();
        for (Need need : needs) {
            MirrorEntry entry = need.object().entry();
            BitSet blocks = missing.computeIfAbsent(entry, _ -> new BitSet());
            for (ByteRange range : need.ranges()) {
                entry.addMissing(range, blocks);
            }
        }
        Set<CompletableFuture<Void>> pending = new LinkedHashSet<>();
        missing.forEach((entry, blocks) -> {
            entry.removeHeld(blocks);
            if (!blocks.isEmpty() || entry.tail() == null) {
                pending.addAll(queue.start(entry, blocks, meter));
            }
        });
        if (pending.isEmpty()) {
            return false;
        }
        awaitAll(pending, limit);
        evict();
        return true;
    }

    /**
     * Fills objects whole in the background, one after the other, as far as there is room without dropping others and while nobody waits for
     * other bytes. Returns at once; an object that cannot be filled is left to whoever needs it.
     */
    public void prefetch(List<ObjectRef> refs) {
        fill.add(refs);
    }

    /** Bytes that the mirror's files take, those of former processes counted whole. */
    public long heldBytes() {
        long held = folder.leftOverBytes();
        synchronized (this) {
            for (Place place : places.values()) {
                held += place.entry == null ? 0 : place.entry.heldBytes();
            }
        }
        return held;
    }

    /** Gives up the folder; the files stay for the next process. Objects that are open stay readable. */
    @Override
    public void close() {
        fill.close();
        folder.close();
    }

    /** See {@link ObjectStore#trouble}. */
    public String trouble() {
        return store.trouble();
    }

    boolean isFetching() {
        return queue.isBusy();
    }

    boolean hasRoomFor(long bytes) {
        return heldBytes() + bytes <= budgetBytes;
    }

    void unpin(MirrorEntry entry) {
        synchronized (this) {
            Place place = Objects.requireNonNull(places.get(entry.ref().key()), "what is open is never dropped");
            assert place.entry == entry && place.pins > 0;
            place.pins--;
        }
        evict();
    }

    private static boolean hasAll(List<Need> needs) {
        for (int i = 0; i < needs.size(); i++) {
            Need need = needs.get(i);
            if (!need.object().entry().hasAll(need.ranges())) {
                return false;
            }
        }
        return true;
    }

    private void map(ObjectRef ref, Place place) {
        try {
            MirrorEntry entry = store.localFile(ref.key())
                    .map(file -> MirrorEntry.inPlace(ref, describe(ref), file))
                    .orElseGet(() -> MirrorEntry.remote(ref, describe(ref), folder, room));
            if (entry.isInPlace()) {
                dropGone();
            }
            synchronized (this) {
                place.entry = entry;
            }
            place.ready.complete(entry);
            if (fillsOnTouch && !entry.isInPlace()) {
                fill.add(List.of(ref));
            }
        } catch (RuntimeException | Error failure) {
            synchronized (this) {
                places.remove(ref.key());
            }
            place.ready.completeExceptionally(failure);
        }
    }

    private String describe(ObjectRef ref) {
        return "object " + ref.key() + " of " + store.describe();
    }

    private void awaitAll(Set<CompletableFuture<Void>> pending, Duration limit) {
        long startedAt = host.nanoTime();
        RuntimeException failed = null;
        for (CompletableFuture<Void> one : pending) {
            long left = Math.max(0, limit.toNanos() - (host.nanoTime() - startedAt));
            if (!host.await(one, Duration.ofNanos(left))) {
                long late = pending.stream().filter(each -> !each.isDone()).count();
                throw new Unavailable(
                        late + " of " + pending.size() + " reads from " + store.describe() + " did not come within the "
                                + limit.toMillis() + " ms that the request had left: retry later" + store.trouble());
            }
            try {
                host.await(one);
            } catch (RuntimeException failure) {
                failed = failed == null ? failure : failed;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    /** Drops what is over the budget: first what a former process left and nobody asked for, then the least recently used. */
    private void evict() {
        while (heldBytes() > budgetBytes && folder.dropLeftOver() > 0) {
            // One after the other: somebody else may be dropping as well.
        }
        List<MirrorEntry> dropped;
        synchronized (this) {
            dropped = takeIdle(heldBytes() - budgetBytes);
            long idle =
                    places.values().stream().filter(place -> place.isIdle(true)).count();
            for (MirrorEntry oldest = oldestIdle(true); idle > IDLE_IN_PLACE && oldest != null; idle--) {
                places.remove(oldest.ref().key());
                oldest = oldestIdle(true);
            }
        }
        dropped.forEach(MirrorEntry::deleteFile);
    }

    /**
     * Drops objects that nobody has open, in the same order as {@link #evict}.
     *
     * @param bytes to be dropped, or more, if there are so many
     * @return bytes dropped
     */
    private long dropIdle(long bytes) {
        long freed = 0;
        for (long one = folder.dropLeftOver(); one > 0; one = freed < bytes ? folder.dropLeftOver() : 0) {
            freed += one;
        }
        List<MirrorEntry> dropped = takeIdle(bytes - freed);
        for (MirrorEntry entry : dropped) {
            freed += entry.heldBytes();
            entry.deleteFile();
        }
        return freed;
    }

    /** Forgets the least recently used objects that nobody has open, until they hold so many bytes. Their files are still there. */
    private synchronized List<MirrorEntry> takeIdle(long bytes) {
        List<MirrorEntry> taken = new ArrayList<>();
        long left = bytes;
        for (MirrorEntry oldest = oldestIdle(false); left > 0 && oldest != null; oldest = oldestIdle(false)) {
            places.remove(oldest.ref().key());
            taken.add(oldest);
            left -= oldest.heldBytes();
        }
        return taken;
    }

    private @Nullable MirrorEntry oldestIdle(boolean inPlace) {
        Place oldest = null;
        for (Place place : places.values()) {
            if (place.isIdle(inPlace) && (oldest == null || place.lastUsed < oldest.lastUsed)) {
                oldest = place;
            }
        }
        return oldest == null ? null : oldest.entry;
    }

    /** Lets go of objects whose files the store has deleted, so that their space can be freed. */
    private void dropGone() {
        List<Place> idle;
        synchronized (this) {
            idle = places.values().stream().filter(place -> place.isIdle(true)).toList();
        }
        for (Place place : idle) {
            MirrorEntry entry = place.entry;
            if (entry != null && entry.isGone()) {
                synchronized (this) {
                    if (place.isIdle(true)) {
                        places.remove(entry.ref().key(), place);
                    }
                }
            }
        }
    }
}
