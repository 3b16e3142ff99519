package dev.elanus.log;

import dev.elanus.manifest.LogPosition;
import dev.elanus.schema.CollectionSchema;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** A collection's log as every reader must understand it, from the bytes of its batches: for checks that know all that was ever written. */
public final class Replay {
    private Replay() {}

    /** One write that counts. */
    public record Written(long timestamp, LogEntry entry) {}

    /**
     * The writes that count, in their order, up to the first place that nobody took.
     *
     * @param batches by sequence
     */
    public static List<Written> of(CollectionSchema schema, SortedMap<Long, MemorySegment> batches) {
        List<Written> written = new ArrayList<>();
        Tail tail = Tail.empty(schema, LogPosition.START);
        for (Map.Entry<Long, MemorySegment> place : batches.entrySet()) {
            if (place.getKey() != tail.end().sequence() + 1) {
                break;
            }
            LogBatch batch = LogBatchCodec.decode("batch " + place.getKey(), place.getValue(), new FixedSchema(schema));
            tail = tail.append(batch);
            for (int i = 0; i < batch.entries().size() && tail.end().equals(batch.end()); i++) {
                written.add(new Written(batch.timestamp() + i, batch.entries().get(i)));
            }
        }
        return written;
    }
}
