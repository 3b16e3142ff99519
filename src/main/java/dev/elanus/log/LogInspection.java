package dev.elanus.log;

import dev.elanus.error.Corrupt;
import dev.elanus.error.Unsupported;
import dev.elanus.host.Host;
import dev.elanus.manifest.Manifest;
import dev.elanus.storage.ObjectStore;
import java.util.List;
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
        LogReader reader = new LogReader(manifest.collectionId(), manifest.schema(), host);
        List<Long> sequences = reader.sequencesAfter(store, manifest.sealed().sequence());
        long timestamp = manifest.sealed().timestamp();
        long batches = 0;
        long bytes = 0;
        for (long sequence : sequences) {
            String key = LogKeys.batch(manifest.collectionId(), sequence);
            Optional<LogBatch> batch;
            try {
                batch = reader.find(store, sequence);
            } catch (Corrupt | Unsupported damaged) {
                problem.accept(key, String.valueOf(damaged.getMessage()));
                continue;
            }
            if (batch.isEmpty()) {
                problem.accept(key, "expected a batch, found none, and batch " + sequences.getLast() + " behind it");
                continue;
            }
            if (batch.get().timestamp() <= timestamp) {
                problem.accept(
                        key,
                        "expected a timestamp above " + timestamp + ", found "
                                + batch.get().timestamp());
            }
            timestamp = batch.get().lastTimestamp();
            batches++;
            bytes += batch.get().sizeBytes();
        }
        return new Inspected(batches, bytes);
    }
}
