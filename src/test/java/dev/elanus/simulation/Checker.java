package dev.elanus.simulation;

import dev.elanus.error.Corrupt;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.simulation.Note.Outcome;
import dev.elanus.simulation.Truth.Entry;
import dev.elanus.simulation.Truth.Incarnation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what clients saw with what was true. A log is a total order of the writes that count, so that nothing has to be guessed: every acknowledged
 * write must be in it, whole, once and where its timestamp says, a refused one must not; every read must be the state at its own timestamp, exactly; and
 * the order of the log must not contradict the order in which things happened, as far as the read's level promises.
 */
final class Checker {
    private final Truth truth;
    private final List<Note> notes;
    private final List<String> violations = new ArrayList<>();
    /** Where each acknowledged write lies. */
    private final Map<Note, Incarnation> placeOf = new IdentityHashMap<>();

    private final Set<Entry> explained = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
    private long checks;

    Checker(Truth truth, List<Note> notes) {
        this.truth = truth;
        this.notes = notes.stream()
                .sorted(Comparator.comparingLong(Note::respondedNanos))
                .toList();
    }

    /** @return what is wrong, in words */
    List<String> check() {
        notes.forEach(this::checkFailure);
        checkRowsOfWrites();
        checkDeletes();
        ReadChecker reads = new ReadChecker(truth, notes, placeOf);
        violations.addAll(reads.check());
        checks += reads.checks();
        return violations;
    }

    long checks() {
        return checks;
    }

    private void checkFailure(Note note) {
        Throwable why;
        switch (note.outcome()) {
            case Outcome.Refused(Throwable refusal) -> why = refusal;
            case Outcome.Unknown(Throwable unknown) -> why = unknown;
            case Outcome.Written _,
                    Outcome.Rows _,
                    Outcome.Counted _,
                    Outcome.Hits _,
                    Outcome.Done _,
                    Outcome.NotSent _ -> {
                return;
            }
        }
        checks++;
        if (why instanceof Corrupt || why instanceof NotFound missing && missing.kind() == NotFound.Kind.OBJECT) {
            wrong(note, "nothing was damaged or taken away, and yet");
        } else if (why instanceof NotFound missing && missing.kind() == NotFound.Kind.COLLECTION) {
            if (livesThrough(note)) {
                wrong(note, "the collection was there all the time, and yet");
            }
        } else if (why instanceof Invalid invalid && invalid.reason() == Invalid.Reason.NOT_LOADED) {
            long from = note.invokedNanos() - ReadChecker.OLDEST_NANOS;
            if (truth.named(Client.collectionOf(note.step().deed())).stream()
                    .noneMatch(one -> one.wasUnloaded(from, note.respondedNanos()))) {
                wrong(note, "the collection was loaded all the time, and yet");
            }
        } else if (!Universe.isRefusal(why)
                && !(why instanceof dev.elanus.error.DatabaseException)
                && !(why instanceof SimulatedProcess.Died)) {
            wrong(note, "nobody expects such a failure:");
        }
    }

    private boolean livesThrough(Note note) {
        return truth.named(Client.collectionOf(note.step().deed())).stream()
                .anyMatch(one -> one.livesThrough(note.invokedNanos(), note.respondedNanos()));
    }

    private void checkRowsOfWrites() {
        Map<Long, List<Map.Entry<Incarnation, Entry>>> byStep = truth.byStep();
        Map<Long, Note> noted = new HashMap<>();
        for (Note note : notes) {
            int rows = rowsOf(note.step().deed());
            if (rows == 0) {
                continue;
            }
            checks++;
            noted.put((long) note.step().number(), note);
            List<Map.Entry<Incarnation, Entry>> found =
                    byStep.getOrDefault((long) note.step().number(), List.of());
            if (found.size() > 1) {
                wrong(note, "written " + found.size() + " times:");
                continue;
            }
            switch (note.outcome()) {
                case Outcome.Written(long timestamp, long count) -> {
                    if (found.isEmpty()) {
                        wrong(note, "acknowledged and lost:");
                    } else if (found.getFirst().getValue().timestamp() != timestamp || count != rows) {
                        wrong(note, "acknowledged with another timestamp or count than the log has:");
                    }
                }
                case Outcome.Refused _, Outcome.NotSent _ -> {
                    if (!found.isEmpty()) {
                        wrong(note, "refused and yet written:");
                    }
                }
                case Outcome.Unknown _, Outcome.Rows _, Outcome.Counted _, Outcome.Hits _, Outcome.Done _ -> {}
            }
            if (!found.isEmpty()) {
                Entry entry = found.getFirst().getValue();
                explained.add(entry);
                place(note, found.getFirst().getKey());
                if (entry.rows().size() != rows
                        || !entry.deleted().equals(deletedOf(note.step().deed()))) {
                    wrong(note, "written in part: " + entry + " for");
                }
            }
        }
        byStep.forEach((step, found) -> {
            if (!noted.containsKey(step)) {
                violations.add("nobody wrote " + found);
            }
        });
    }

    /** Deletes carry no value that says whose they are: acknowledged ones are known by their timestamps, the others by their keys. */
    private void checkDeletes() {
        List<Note> unknown = new ArrayList<>();
        for (Note note : notes) {
            if (!(note.step().deed() instanceof Deed.Delete) && !(note.step().deed() instanceof Deed.DeleteRange)) {
                continue;
            }
            if (note.outcome() instanceof Outcome.Unknown) {
                unknown.add(note);
            } else if (note.outcome() instanceof Outcome.Written(long timestamp, long count) && count > 0) {
                checks++;
                checkDelete(note, timestamp, count);
            }
        }
        Map<Note, Entry> taken = new IdentityHashMap<>();
        for (Incarnation collection : truth.collections()) {
            List<Note> ofCollection = unknown.stream()
                    .filter(note -> Client.collectionOf(note.step().deed()).equals(collection.name()))
                    .toList();
            for (Entry entry : collection.entries()) {
                if (!explained.contains(entry) && !finds(entry, ofCollection, taken, new HashSet<>())) {
                    violations.add("nobody that could have was to delete " + entry + " in " + collection.name());
                }
            }
        }
    }

    /** Gives an entry to a delete of unknown outcome, moving others to make room: each explains one entry at most. */
    private static boolean finds(Entry entry, List<Note> unknown, Map<Note, Entry> taken, Set<Integer> asked) {
        for (Note note : unknown) {
            if (fits(note.step().deed(), entry) && asked.add(note.step().number())) {
                Entry other = taken.get(note);
                if (other == null || finds(other, unknown, taken, asked)) {
                    taken.put(note, entry);
                    return true;
                }
            }
        }
        return false;
    }

    private void checkDelete(Note note, long timestamp, long count) {
        for (Incarnation collection :
                truth.named(Client.collectionOf(note.step().deed()))) {
            for (Entry entry : collection.entries()) {
                if (entry.timestamp() == timestamp
                        && fits(note.step().deed(), entry)
                        && entry.deleted().size() == count
                        && explained.add(entry)) {
                    place(note, collection);
                    return;
                }
            }
        }
        wrong(note, "acknowledged and lost:");
    }

    private static boolean fits(Deed deed, Entry entry) {
        return entry.rows().isEmpty()
                && switch (deed) {
                    case Deed.Delete(String _, List<Long> keys) -> keys.equals(entry.deleted());
                    case Deed.DeleteRange(String _, long from, long end) ->
                        entry.deleted().stream().allMatch(key -> key >= from && key < end);
                    default -> false;
                };
    }

    private void place(Note note, Incarnation collection) {
        if (!(note.outcome() instanceof Outcome.Written)) {
            return;
        }
        placeOf.put(note, collection);
        if (collection.removedNanos() < note.invokedNanos()) {
            wrong(note, "acknowledged in a collection that was dropped before:");
        }
    }

    private static int rowsOf(Deed deed) {
        return switch (deed) {
            case Deed.Insert(String _, long _, int rows) -> rows;
            case Deed.Upsert(String _, List<Long> keys) -> keys.size();
            default -> 0;
        };
    }

    private static List<Long> deletedOf(Deed deed) {
        return deed instanceof Deed.Upsert(String _, List<Long> keys)
                ? new ArrayList<>(new HashSet<>(keys)).stream().sorted().toList()
                : List.of();
    }

    private void wrong(Note note, String what) {
        violations.add(what + " " + ReadChecker.tell(note));
    }
}
