package dev.elanus.log;

import dev.elanus.error.Corrupt;
import dev.elanus.error.Unsupported;
import dev.elanus.host.Host;
import dev.elanus.manifest.LogPosition;
import dev.elanus.manifest.Manifest;
import dev.elanus.storage.ObjectStore;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Reads what a log holds behind the sealed position, a batch in memory at a time, and says what is not as it should be. */
public final class LogInspection {
    private LogInspection() {}

    /**
     * What was read.
     *
     * @param batches that were decoded
     * @param bytes of their rows and keys
     */
    public record Inspected(long batches, long bytes) {}

    /** @param problem is told the key of a batch, and what was expected and found */
    public static Inspected inspect(
            ObjectStore store, Host host, Manifest manifest, BiConsumer<String, String> problem) {
        LogReader reader = new LogReader(manifest.collectionId(), Schemas.of(store, manifest, host), host);
        LogPosition end = manifest.sealed();
        long firstFree = Long.MAX_VALUE;
        long batches = 0;
        long bytes = 0;
        for (long sequence : reader.sequencesAfter(store, end.sequence())) {
            String key = LogKeys.batch(manifest.collectionId(), sequence);
            Optional<LogBatch> found;
            try {
                found = reader.find(store, sequence);
            } catch (Corrupt | Unsupported damaged) {
                problem.accept(key, String.valueOf(damaged.getMessage()));
                continue;
            }
            if (found.isEmpty()) {
                firstFree = Math.min(firstFree, sequence);
                continue;
            }
            LogBatch batch = found.get();
            batches++;
            bytes += batch.sizeBytes();
            if (batch.durable() >= firstFree) {
                problem.accept(
                        LogKeys.batch(manifest.collectionId(), firstFree),
                        "expected a batch, found none, and batch " + sequence + " says that it was there");
                firstFree = Long.MAX_VALUE;
            }
            if (!batch.follows(end)) {
                // Void, as every reader sees: its writer expected another one before it.
                continue;
            }
            if (batch.timestamp() <= end.timestamp()) {
                problem.accept(key, "expected a timestamp above " + end.timestamp() + ", found " + batch.timestamp());
            }
            end = batch.end();
        }
        return new Inspected(batches, bytes);
    }
}
