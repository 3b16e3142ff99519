package dev.elanus.simulation;

import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.simulation.Note.Outcome;
import dev.elanus.simulation.Note.Row;
import dev.elanus.simulation.Truth.Entry;
import dev.elanus.simulation.Truth.Incarnation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Checks reads: that each is the state at its timestamp, and that the timestamp is as new as its level promises. */
final class ReadChecker {
    /** A view of this age serves any level, with the room that clocks of different speed need. */
    static final long OLDEST_NANOS = 601_000_000_000L;

    private static final long BOUND_NANOS = SimulatedProcess.BOUND.toNanos() + 1_000_000;

    private final Truth truth;
    private final List<Note> notes;
    private final Map<Note, Incarnation> placeOf;
    private final List<String> violations = new ArrayList<>();
    /** For each read, why it does not fit a collection of its name: none left where one fits. */
    private final Map<Note, List<String>> misfits = new IdentityHashMap<>();

    private final Map<Note, Boolean> fits = new IdentityHashMap<>();
    private long checks;

    /** @param notes in the order of their responses */
    ReadChecker(Truth truth, List<Note> notes, Map<Note, Incarnation> placeOf) {
        this.truth = truth;
        this.notes = notes;
        this.placeOf = placeOf;
    }

    long checks() {
        return checks;
    }

    List<String> check() {
        for (Incarnation collection : truth.collections()) {
            if (collection.createdNanos() < Long.MAX_VALUE) {
                checkIn(collection);
            }
        }
        for (Note note : notes) {
            if (readTimestamp(note) >= 0 && !fits.containsKey(note)) {
                violations.add("read what was never so: " + tell(note) + ": "
                        + misfits.getOrDefault(note, List.of("there was no such collection")));
            }
        }
        return violations;
    }

    private void checkIn(Incarnation collection) {
        TreeMap<Long, List<Note>> readsByTimestamp = new TreeMap<>();
        for (Note note : notes) {
            long timestamp = readTimestamp(note);
            if (timestamp >= 0 && Client.collectionOf(note.step().deed()).equals(collection.name())) {
                readsByTimestamp
                        .computeIfAbsent(timestamp, _ -> new ArrayList<>())
                        .add(note);
            }
        }
        List<Note> right = new ArrayList<>();
        Map<Long, Long> state = new TreeMap<>();
        int applied = 0;
        List<Entry> entries = collection.entries();
        // An empty answer would fit an empty collection at any timestamp; but it is of the log that has the timestamp.
        Set<Long> timestamps = entries.stream().map(Entry::timestamp).collect(Collectors.toCollection(HashSet::new));
        timestamps.add(0L);
        for (Map.Entry<Long, List<Note>> reads : readsByTimestamp.entrySet()) {
            while (applied < entries.size() && entries.get(applied).timestamp() <= reads.getKey()) {
                Truth.apply(entries.get(applied++), state);
            }
            for (Note note : reads.getValue()) {
                checks++;
                String misfit = timestamps.contains(reads.getKey())
                        ? misfitOfContent(note, state)
                        : "its log has nothing of that timestamp";
                if (misfit.isEmpty() && collection.createdNanos() <= note.respondedNanos()) {
                    right.add(note);
                } else {
                    misfits.computeIfAbsent(note, _ -> new ArrayList<>()).add(misfit);
                }
            }
        }
        right.sort(java.util.Comparator.comparingLong(Note::respondedNanos));
        checkFreshness(collection, right);
    }

    /** Whether each read is as new as promised: reads and writes are taken in the order of their responses. */
    private void checkFreshness(Incarnation collection, List<Note> reads) {
        List<Note> writes =
                notes.stream().filter(note -> placeOf.get(note) == collection).toList();
        Horizon acknowledged = new Horizon();
        writes.forEach(write -> acknowledged.add(write.respondedNanos(), timestampOf(write)));
        Horizon read = new Horizon();
        Map<List<Integer>, Horizon> byLife = new HashMap<>();
        for (Note note : reads) {
            long timestamp = readTimestamp(note);
            long mustSee = mustSee(note, writes, acknowledged, read, byLife);
            long staleNanos = staleNanos(levelOf(note.step().deed()));
            boolean isGone = collection.droppedNanos() < note.invokedNanos() - staleNanos;
            if (timestamp >= mustSee && !isGone) {
                fits.put(note, true);
                read.add(note.respondedNanos(), timestamp);
                byLife.computeIfAbsent(List.of(note.step().process(), note.life()), _ -> new Horizon())
                        .add(note.respondedNanos(), timestamp);
            } else {
                misfits.computeIfAbsent(note, _ -> new ArrayList<>())
                        .add(isGone ? "it was dropped before" : "it had to see everything up to " + mustSee);
            }
        }
    }

    private static long mustSee(
            Note note, List<Note> writes, Horizon acknowledged, Horizon read, Map<List<Integer>, Horizon> byLife) {
        ConsistencyLevel level = levelOf(note.step().deed());
        long invoked = note.invokedNanos();
        long mustSee = acknowledged.before(invoked - staleNanos(level));
        Horizon sameLife = byLife.get(List.of(note.step().process(), note.life()));
        if (sameLife != null) {
            mustSee = Math.max(mustSee, sameLife.before(invoked));
        }
        if (level == ConsistencyLevel.STRONG) {
            mustSee = Math.max(mustSee, read.before(invoked));
        }
        // Another client's write to a later collection of the name can have the same timestamp.
        boolean isOwn = writes.stream()
                .anyMatch(write -> write.step().lane() == note.step().lane()
                        && timestampOf(write) == note.guarantee()
                        && write.respondedNanos() <= invoked);
        return level == ConsistencyLevel.SESSION && isOwn ? Math.max(mustSee, note.guarantee()) : mustSee;
    }

    /** The highest timestamp known before a time; times are added in ascending order. */
    private static final class Horizon {
        private final TreeMap<Long, Long> highest = new TreeMap<>();

        void add(long atNanos, long timestamp) {
            highest.merge(atNanos, Math.max(timestamp, before(atNanos)), Math::max);
        }

        long before(long nanos) {
            Map.Entry<Long, Long> last = highest.lowerEntry(nanos);
            return last == null ? 0 : last.getValue();
        }
    }

    private static long staleNanos(ConsistencyLevel level) {
        return switch (level) {
            case STRONG -> 0;
            case SESSION, BOUNDED -> BOUND_NANOS;
            case EVENTUALLY, CUSTOMIZED -> OLDEST_NANOS;
        };
    }

    private static ConsistencyLevel levelOf(Deed deed) {
        return switch (deed) {
            case Deed.Query(String _, ConsistencyLevel level, List<Long> _) -> level;
            case Deed.Count(String _, ConsistencyLevel level) -> level;
            case Deed.Search(String _, ConsistencyLevel level, long _, int _) -> level;
            default -> ConsistencyLevel.STRONG;
        };
    }

    private static long timestampOf(Note write) {
        return write.outcome() instanceof Outcome.Written(long timestamp, long _) ? timestamp : 0;
    }

    /** The timestamp of a read, -1 of anything else. */
    private static long readTimestamp(Note note) {
        return switch (note.outcome()) {
            case Outcome.Rows(long timestamp, List<Row> _) -> timestamp;
            case Outcome.Counted(long timestamp, long _) -> timestamp;
            case Outcome.Hits(long timestamp, List<Row> _, List<Float> _) -> timestamp;
            case Outcome.Written _, Outcome.Done _, Outcome.Refused _, Outcome.Unknown _, Outcome.NotSent _ -> -1;
        };
    }

    /** What of a read is not as the state says, or nothing. */
    private static String misfitOfContent(Note note, Map<Long, Long> state) {
        switch (note.outcome()) {
            case Outcome.Counted(long _, long count) -> {
                return count == state.size() ? "" : "expected a count of " + state.size();
            }
            case Outcome.Rows(long _, List<Row> rows) -> {
                List<Long> keys = ((Deed.Query) note.step().deed()).keys();
                List<Row> expected = new ArrayList<>();
                state.forEach((key, value) -> {
                    if (keys.isEmpty() || keys.contains(key)) {
                        expected.add(new Row(key, value));
                    }
                });
                return rows.equals(expected) ? "" : differences(rows, expected);
            }
            case Outcome.Hits(long _, List<Row> rows, List<Float> scores) -> {
                return misfitOfHits((Deed.Search) note.step().deed(), rows, scores, state);
            }
            case Outcome.Written _, Outcome.Done _, Outcome.Refused _, Outcome.Unknown _, Outcome.NotSent _ -> {
                return "";
            }
        }
    }

    private static String differences(List<Row> rows, List<Row> expected) {
        List<Row> missing = new ArrayList<>(expected);
        missing.removeAll(rows);
        List<Row> strange = new ArrayList<>(rows);
        strange.removeAll(expected);
        return "missing are " + missing + ", strange are " + strange + ", " + rows.size() + " rows in all";
    }

    private static String misfitOfHits(Deed.Search search, List<Row> rows, List<Float> scores, Map<Long, Long> state) {
        float[] query = Client.vectorOf(search.value());
        List<Float> expected = state.values().stream()
                .map(value -> distance(query, value))
                .sorted()
                .limit(search.topK())
                .toList();
        if (!scores.equals(expected)) {
            return "expected distances " + expected;
        }
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (!Long.valueOf(row.value()).equals(state.get(row.key()))
                    || distance(query, row.value()) != scores.get(i)) {
                return "expected key " + row.key() + " with " + state.get(row.key());
            }
        }
        return rows.stream().map(Row::key).distinct().count() == rows.size() ? "" : "expected each key once";
    }

    private static float distance(float[] query, long value) {
        float[] vector = Client.vectorOf(value);
        float x = query[0] - vector[0];
        float y = query[1] - vector[1];
        return x * x + y * y;
    }

    static String tell(Note note) {
        String outcome = switch (note.outcome()) {
            case Outcome.Refused(Throwable why) -> "refused: " + Stories.of(why);
            case Outcome.Unknown(Throwable why) -> "unknown: " + Stories.of(why);
            case Outcome.Rows(long timestamp, List<Row> rows)
            when rows.size() > 20 -> rows.size() + " rows at " + timestamp;
            default -> note.outcome().toString();
        };
        return "#" + note.step().number() + " " + note.step().deed() + " by client "
                + note.step().lane()
                + " at process " + note.step().process() + " in life " + note.life() + " from "
                + note.invokedNanos() / 1_000_000 + " to " + note.respondedNanos() / 1_000_000 + " ms, guaranteed "
                + note.guarantee() + ": " + outcome;
    }
}
