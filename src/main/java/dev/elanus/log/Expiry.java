package dev.elanus.log;

import dev.elanus.column.ColumnStatistics;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.RowSet;
import dev.elanus.error.Invalid;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.SegmentEntry;
import dev.elanus.schema.CollectionSchema;
import java.util.Map;

/**
 * Which rows of a collection are too old to be seen: those that were written longer ago than the collection's time to live.
 *
 * @param before hybrid timestamp; rows written before it are expired; 0 where rows live for ever
 */
public record Expiry(long before) {
    /** The collection property that says how many seconds rows live; absent, 0 and -1 for ever. */
    public static final String PROPERTY = "collection.ttl.seconds";
    /** A hundred years, Milvus's limit. */
    private static final long MAX_SECONDS = 3_155_760_000L;

    private static final Expiry NEVER = new Expiry(0);

    /** What is expired at a moment, in milliseconds since 1970. */
    public static Expiry at(Manifest manifest, long nowMillis) {
        long seconds = seconds(manifest.collection().properties());
        if (seconds <= 0) {
            return NEVER;
        }
        return new Expiry(Math.max(0, nowMillis - seconds * 1_000) << HybridClock.COUNTER_BITS);
    }

    /** @throws Invalid if the properties hold a time to live that is none */
    public static void check(Map<String, String> properties) {
        seconds(properties);
    }

    private static long seconds(Map<String, String> properties) {
        String text = properties.get(PROPERTY);
        if (text == null) {
            return 0;
        }
        long seconds;
        try {
            seconds = Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw new Invalid("collection TTL is not a valid positive integer");
        }
        if (seconds < -1 || seconds > MAX_SECONDS) {
            throw new Invalid("collection TTL is out of range, expect [-1, " + MAX_SECONDS + "], got " + seconds);
        }
        return seconds;
    }

    /** Whether every row of a segment is expired, by its statistics. */
    public boolean takesAll(SegmentEntry segment) {
        return before > 0 && newest(segment) < before;
    }

    /** Whether some row of a segment is expired, by its statistics. */
    public boolean takesSome(SegmentEntry segment) {
        return before > 0 && oldest(segment) < before;
    }

    /** Whether some row of a chunk of the log is expired. */
    public boolean takesSome(Tail.Chunk chunk) {
        return before > 0 && chunk.rowCount() > 0 && chunk.timestamps().longAt(0) < before;
    }

    /** About which share of a segment's rows is expired, if they were written evenly: 0 to 1. */
    public double shareOf(SegmentEntry segment) {
        if (!takesSome(segment)) {
            return 0;
        }
        long oldest = oldest(segment);
        double span = newest(segment) - (double) oldest;
        return span <= 0 ? 1 : Math.min(1, (before - oldest) / span);
    }

    /** The rows that are not expired. */
    public RowSet alive(FixedColumn timestamps) {
        RowSet alive = RowSet.all(timestamps.rowCount());
        for (int row = 0; row < timestamps.rowCount(); row++) {
            if (timestamps.longAt(row) < before) {
                alive.remove(row);
            }
        }
        return alive;
    }

    private static long newest(SegmentEntry segment) {
        return statistics(segment).max() instanceof Long timestamp ? timestamp : Long.MAX_VALUE;
    }

    private static long oldest(SegmentEntry segment) {
        return statistics(segment).min() instanceof Long timestamp ? timestamp : 0;
    }

    private static ColumnStatistics statistics(SegmentEntry segment) {
        ColumnStatistics known = segment.statistics().get(CollectionSchema.TIMESTAMP_FIELD_ID);
        return known == null ? new ColumnStatistics(null, null, 0, segment.rowCount()) : known;
    }
}
