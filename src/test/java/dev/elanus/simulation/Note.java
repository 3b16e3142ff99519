package dev.elanus.simulation;

import java.util.List;

/**
 * What a client saw of a step.
 *
 * @param life which life of the process it was
 * @param guarantee hybrid timestamp of the client's last write to the collection
 */
record Note(Plan.Step step, int life, long invokedNanos, long respondedNanos, long guarantee, Outcome outcome) {
    record Row(long key, long value) {}

    /** What came back. */
    sealed interface Outcome {
        record Written(long timestamp, long count) implements Outcome {}

        /** Rows of a query, in the order given. */
        record Rows(long readTimestamp, List<Row> rows) implements Outcome {}

        record Counted(long readTimestamp, long count) implements Outcome {}

        /** @param scores squared distances, one a row */
        record Hits(long readTimestamp, List<Row> rows, List<Float> scores) implements Outcome {}

        /** @param id the collection's, or a timestamp, or 0 */
        record Done(long id) implements Outcome {}

        /** The engine says that nothing was done. */
        record Refused(Throwable why) implements Outcome {}

        /** Nobody knows. */
        record Unknown(Throwable why) implements Outcome {}

        /** The process was down. */
        record NotSent() implements Outcome {}
    }
}
