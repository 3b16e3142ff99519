package dev.elanus.simulation;

import dev.elanus.schema.ConsistencyLevel;
import java.util.List;

/** One thing that a client asks for, or that happens to processes and to the store. */
sealed interface Deed {
    /** New rows of consecutive keys. */
    record Insert(String collection, long firstKey, int rows) implements Deed {}

    record Upsert(String collection, List<Long> keys) implements Deed {}

    record Delete(String collection, List<Long> keys) implements Deed {}

    /** Deletes by a filter: keys from {@code from} up to, not including, {@code end}. */
    record DeleteRange(String collection, long from, long end) implements Deed {}

    /** Rows by key, or all rows if there are no keys. */
    record Query(String collection, ConsistencyLevel level, List<Long> keys) implements Deed {}

    record Count(String collection, ConsistencyLevel level) implements Deed {}

    /** The rows nearest to the vector of a value. */
    record Search(String collection, ConsistencyLevel level, long value, int topK) implements Deed {}

    record Flush(String collection) implements Deed {}

    /** Creates a collection with an index and loads it. */
    record Create(String collection) implements Deed {}

    record Drop(String collection) implements Deed {}

    /** Runs every job that is due, from a process of its own. */
    record Maintain(String collection, boolean sealsAll) implements Deed {}

    record CollectGarbage() implements Deed {}

    /** Kills a process at one of its next requests, before it is sent or after it took effect, and starts it again later. */
    record Kill(int process, int afterRequests, boolean applied, long downMillis, long clockJumpMillis)
            implements Deed {}

    record Freeze(int process, long millis) implements Deed {}

    record JumpClock(int process, long millis) implements Deed {}

    record Outage(long millis, boolean losesReplies) implements Deed {}

    /** Time passes for everybody. */
    record Pass(long millis) implements Deed {}
}
