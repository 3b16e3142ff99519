package dev.elanus.log;

import dev.elanus.manifest.BatchId;
import dev.elanus.manifest.LogPosition;
import dev.elanus.schema.Field;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A batch on its way into the log, and who waits for it. Guarded by its pipeline, but for what never changes. */
final class Flight {
    private final long sequence;
    private final long timestamp;
    private final BatchId id;
    private final BatchId previous;
    private final long durable;
    private final List<Waiting> writes;
    private final long launchedAtNanos;
    private @Nullable Landing landing;

    /** A write, and where its outcome is told. */
    record Waiting(PendingWrite write, CompletableFuture<Appended> result) {}

    /** What became of a batch. */
    sealed interface Landing {
        record Ours(LogBatch batch) implements Landing {}

        /** Another batch has the place: it comes first, and perhaps some of those behind it. */
        record Theirs(List<LogBatch> batches) implements Landing {}

        record Failed(Throwable failure) implements Landing {}
    }

    Flight(
            long sequence,
            long timestamp,
            BatchId id,
            BatchId previous,
            long durable,
            List<Waiting> writes,
            long launchedAtNanos) {
        this.sequence = sequence;
        this.timestamp = timestamp;
        this.id = id;
        this.previous = previous;
        this.durable = durable;
        this.writes = writes;
        this.launchedAtNanos = launchedAtNanos;
    }

    List<Waiting> writes() {
        return writes;
    }

    long launchedAtNanos() {
        return launchedAtNanos;
    }

    @Nullable
    Landing landing() {
        return landing;
    }

    void land(Landing outcome) {
        landing = outcome;
    }

    /** The place behind the batch, if it counts. */
    LogPosition end() {
        return new LogPosition(sequence, timestamp + writes.size() - 1, id);
    }

    /** The batch, its rows' keys generated where they have none. */
    LogBatch batch(Field key) {
        GeneratedKeys keys = new GeneratedKeys(sequence, key);
        List<LogEntry> entries =
                writes.stream().map(waiting -> waiting.write().entry(keys)).toList();
        return new LogBatch(sequence, timestamp, id, previous, durable, entries);
    }

    /** Tells everybody that their writes are durable. */
    void answer(LogBatch batch, Field key) {
        for (int i = 0; i < writes.size(); i++) {
            LogEntry entry = batch.entries().get(i);
            Appended appended =
                    new Appended(Optional.ofNullable(entry.rows()).map(rows -> rows.column(key.id())), timestamp + i);
            writes.get(i).result().complete(appended);
        }
    }
}
