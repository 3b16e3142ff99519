package dev.elanus.log;

import dev.elanus.error.Corrupt;
import dev.elanus.error.Invalid;
import dev.elanus.host.Host;
import dev.elanus.manifest.LogPosition;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.ManifestCodec;
import dev.elanus.manifest.Versions;
import dev.elanus.storage.ObjectStore;
import dev.elanus.storage.ObjectStore.Listed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Collections as they were. Within the grace period the newest manifest that seals nothing newer than a timestamp is still there, with its
 * objects, and so is the log behind it. Safe for use from many threads.
 */
public final class PastViews {
    /** Batches that are read together. */
    private static final int READ_AHEAD = 16;

    private final Host host;
    private final Duration grace;

    /** @param grace for how long replaced manifests and objects are kept */
    public PastViews(Host host, Duration grace) {
        this.host = host;
        this.grace = grace;
    }

    /**
     * The rows as of a time, under the schema, indexes and properties of today. Writes count up to their timestamps, which the clock of their
     * writer gave them.
     *
     * @param store through which it is read
     * @param newest looked up just now
     * @param timestamp hybrid
     * @throws Invalid if the time is not within the grace period
     */
    public View at(ObjectStore store, View newest, long timestamp) {
        check(newest, timestamp);
        if (timestamp >= newest.timestamp()) {
            return newest;
        }
        Manifest base = newest.manifest();
        if (base.sealed().timestamp() > timestamp) {
            base = base.withRowsOf(findBase(store, base, timestamp));
        }
        return new View(base, replay(store, base, timestamp), newest.lookedAtNanos());
    }

    private void check(View newest, long timestamp) {
        long nowMillis = host.clock().millis();
        long firstMillis = nowMillis - grace.toMillis();
        long givenMillis = timestamp >>> HybridClock.COUNTER_BITS;
        if (givenMillis < firstMillis || givenMillis > nowMillis && timestamp > newest.timestamp()) {
            throw new Invalid("as of: expected a time from " + Instant.ofEpochMilli(firstMillis) + " to "
                    + Instant.ofEpochMilli(nowMillis) + ", found " + Instant.ofEpochMilli(givenMillis));
        }
    }

    /** The newest version that seals nothing newer, by bisection: the sealed position never goes back. */
    private Manifest findBase(ObjectStore store, Manifest newest, long timestamp) {
        Versions<Manifest> versions =
                new Versions<>(store, LogKeys.manifestPrefix(newest.collectionId()), new ManifestCodec(), host);
        List<Listed> newestFirst = versions.list(Integer.MAX_VALUE);
        Manifest found = null;
        int low = 0;
        int high = newestFirst.size();
        while (low < high) {
            int middle = (low + high) / 2;
            Optional<Manifest> manifest =
                    versions.find(versions.versionOf(newestFirst.get(middle).key()));
            if (manifest.isPresent() && manifest.get().sealed().timestamp() > timestamp) {
                low = middle + 1;
            } else {
                // One that is gone was collected since it was listed, and all that are older were before it.
                found = manifest.orElse(found);
                high = middle;
            }
        }
        if (found == null || found.sealed().timestamp() > timestamp) {
            throw new Invalid("as of: what the collection was at "
                    + Instant.ofEpochMilli(timestamp >>> HybridClock.COUNTER_BITS) + " is not kept any more");
        }
        return found;
    }

    private Tail replay(ObjectStore store, Manifest base, long timestamp) {
        LogReader reader = new LogReader(base.collectionId(), Schemas.of(store, base, host), host);
        Tail tail = Tail.empty(base.schema(), base.sealed());
        List<Long> sequences = reader.sequencesAfter(store, base.sealed().sequence());
        for (int from = 0; from < sequences.size(); from += READ_AHEAD) {
            List<Long> some = sequences.subList(from, Math.min(sequences.size(), from + READ_AHEAD));
            for (LogBatch batch : reader.read(store, some)) {
                LogPosition end = tail.end();
                if (batch.sequence() != end.sequence() + 1) {
                    throw new Corrupt(LogKeys.batch(base.collectionId(), end.sequence() + 1)
                            + ": expected a batch of the log, found none");
                }
                if (batch.follows(end) && batch.lastTimestamp() > timestamp) {
                    int entries = (int) Math.max(0, timestamp - batch.timestamp() + 1);
                    return entries == 0 ? tail : tail.append(batch.first(entries));
                }
                tail = tail.append(batch);
            }
        }
        return tail;
    }
}
