package dev.elanus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.FixedColumn;
import dev.elanus.engine.History.Process;
import dev.elanus.engine.History.State;
import dev.elanus.engine.History.Step;
import dev.elanus.host.MachineHost;
import dev.elanus.log.LogLimits;
import dev.elanus.maintenance.Policy;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.search.FilterText;
import dev.elanus.search.OutputRows;
import dev.elanus.search.QueryRequest;
import dev.elanus.search.QueryResult;
import dev.elanus.search.ReadPoint;
import dev.elanus.search.SearchRequest;
import dev.elanus.search.SearchTarget;
import dev.elanus.storage.Content;
import dev.elanus.storage.DyingStore;
import dev.elanus.storage.MemoryStore;
import dev.elanus.storage.ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is killed at every one of its requests to the store, once before and once after the request is applied. Whatever it had
 * acknowledged must be there for the next process, and what it was about to do wholly or not at all.
 */
class CrashTest {
    /** Time passes from one look at the clock to the next. */
    private static final class Ticking implements InstantSource {
        private final AtomicLong millis = new AtomicLong();

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.incrementAndGet());
        }
    }

    /**
     * Everything is old and nothing is spared, so that all that the newest manifest does not name is collected at once; then nobody may take
     * what he saw a moment ago for the newest.
     */
    private static final Terms NO_GRACE = new Terms(new Ticking(), Duration.ZERO, Duration.ZERO);

    private static final Terms USUAL = new Terms(
            InstantSource.system(),
            Policy.defaults().grace(),
            LogLimits.defaults().lookAge());

    private record Terms(InstantSource storeClock, Duration grace, Duration lookAge) {}

    private static final History ALL_KINDS_OF_WORK = new History()
            .create("things", "FLAT")
            .insert("things", 0, 20)
            .insert("things", 20, 40)
            .upsert("things", 10, 15, "growing over growing")
            .delete("things", 3, 5)
            .flush("things")
            .insert("things", 40, 60)
            .upsert("things", 5, 8, "growing over sealed")
            .delete("things", 12, 18)
            .delete("things", 50, 55)
            .flush("things")
            .maintain("things")
            .collectGarbage()
            .upsert("things", 30, 50, "sealed twice")
            .insert("things", 3, 4)
            .maintain("things")
            .create("others", "FLAT")
            .insert("others", 0, 5)
            .drop("others")
            .create("others", "FLAT")
            .insert("others", 7, 9)
            .collectGarbage()
            .insert("things", 60, 62);

    private static final History COPIES = new History()
            .create("things", "FLAT")
            .insert("things", 0, 20)
            .delete("things", 3, 5)
            .snapshot("things", "first")
            .insert("things", 20, 30)
            .upsert("things", 0, 2, "changed")
            .cloneOf("things", "copy")
            .upsert("copy", 10, 12, "in the copy")
            .delete("copy", 0, 1)
            .upsert("things", 6, 7, "after the copy")
            .restore("things", "first", "old")
            .maintain("copy")
            .maintain("things")
            .collectGarbage()
            .drop("things")
            .collectGarbage()
            .insert("old", 40, 42)
            .cloneOf("old", "third")
            .snapshot("copy", "second")
            .delete("copy", 6, 30)
            .drop("old")
            .collectGarbage()
            .upsert("third", 40, 41, "in the third")
            .restore("copy", "second", "fourth")
            .dropSnapshot("copy", "second")
            .maintain("third")
            .drop("copy")
            .collectGarbage()
            .maintain("fourth")
            .collectGarbage();

    @TempDir
    Path folder;

    private final MachineHost host = new MachineHost(2);
    private int processes;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void everyAcknowledgedWriteOutlivesTheProcessWhereverItIsKilled() {
        killEverywhere(ALL_KINDS_OF_WORK, State.empty(), new MemoryStore(USUAL.storeClock), USUAL, false, true);
    }

    @Test
    void collectingGarbageAtOnceTakesNothingThatIsNeeded() {
        killEverywhere(ALL_KINDS_OF_WORK, State.empty(), new MemoryStore(NO_GRACE.storeClock), NO_GRACE, true);
    }

    @Test
    void copiesOutliveTheirOriginsWhereverTheirProcessIsKilled() {
        killEverywhere(COPIES, State.empty(), new MemoryStore(USUAL.storeClock), USUAL, true);
    }

    @Test
    void copiesKeepWhatTheyNeedAndNothingElseForGood() {
        killEverywhere(COPIES, State.empty(), new MemoryStore(NO_GRACE.storeClock), NO_GRACE, true);
    }

    @Test
    void anIndexIsThereWholeOrNotAtAll() {
        MemoryStore prepared = new MemoryStore(USUAL.storeClock);
        State state = State.empty();
        try (Running process = start(prepared, USUAL)) {
            for (Step step : new History()
                    .create("things", "IVF_FLAT")
                    .insert("things", 0, 4_200)
                    .flush("things")
                    .steps()) {
                step.work().accept(process.process);
                state = state.after(step);
            }
        }
        History history = new History()
                .maintain("things")
                .delete("things", 100, 2_000)
                .flush("things")
                .insert("things", 100, 2_000)
                .maintain("things")
                .collectGarbage();
        // Nothing is acknowledged between two requests here, so that one side of each request will do.
        killEverywhere(history, state, prepared, USUAL, true);
    }

    private void killEverywhere(History history, State start, MemoryStore prepared, Terms terms, boolean... sides) {
        boolean survived = false;
        for (long request = 1; !survived; request++) {
            for (boolean applied : sides) {
                survived = kill(history, start, copyOf(prepared, terms), request, applied, terms);
            }
        }
    }

    /** @return whether the history was over before the process was killed */
    private boolean kill(History history, State start, MemoryStore store, long request, boolean applied, Terms terms) {
        DyingStore dying = new DyingStore(store, request, applied);
        State before = start;
        State after = start;
        String last = "start";
        int done = 0;
        try (Running process = start(dying, terms)) {
            for (Step step : history.steps()) {
                last = step.name();
                after = before.after(step);
                step.work().accept(process.process);
                before = after;
                done++;
            }
        } catch (DyingStore.Killed _) {
            // As was asked for.
        }
        String where = "killed at request " + request + (applied ? ", applied" : ", not applied") + ", in: " + last;
        try (Running next = start(store, terms)) {
            State found = read(next.process.database(), where);
            assertThat(found).as(where).isIn(before, after);
            maintain(next.process);
            assertThat(read(next.process.database(), where + ", then maintained"))
                    .isEqualTo(found);
            boolean isWhole = !found.equals(before);
            for (Step step : history.steps()
                    .subList(
                            Math.min(done + (isWhole ? 1 : 0), history.steps().size()),
                            history.steps().size())) {
                step.work().accept(next.process);
                found = found.after(step);
            }
            try (Running fresh = start(store, terms)) {
                assertThat(read(fresh.process.database(), where + ", then completed"))
                        .isEqualTo(found);
                if (terms == NO_GRACE) {
                    expectNoLeak(fresh.process, store, where);
                }
            }
        }
        return !dying.isDead();
    }

    /** Drops everything: then nothing must be left. */
    private static void expectNoLeak(Process process, MemoryStore store, String where) {
        for (CollectionName name : process.maintenance().collections()) {
            process.database().dropCollection(name);
        }
        // What a clone let go in one round, its origin can remove in the next.
        for (int round = 0; round < 4; round++) {
            process.maintenance().collectGarbage();
        }
        assertThat(store.list("c/", "", 10))
                .as(where + ", then dropped and collected")
                .isEmpty();
    }

    private void maintain(Process process) {
        for (CollectionName name : process.maintenance().collections()) {
            process.maintenance().run(name, true);
        }
        process.maintenance().collectGarbage();
    }

    /** Everything that is there, found in several ways that must agree. */
    private static State read(ElanusDatabase database, String where) {
        State found = State.empty();
        for (CollectionDescription collection : database.listCollections(CollectionName.DEFAULT_DATABASE)) {
            CollectionName name = collection.name();
            if (!collection.loaded()) {
                database.createIndex(History.index(name.name(), "FLAT"));
                database.load(name);
            }
            SortedMap<Long, String> rows = new TreeMap<>();
            OutputRows output = query(database, name, List.of("label")).output();
            FixedColumn keys = (FixedColumn) output.columns().get(0).column();
            BytesColumn labels = (BytesColumn) output.columns().get(1).column();
            for (int row = 0; row < output.rowCount(); row++) {
                assertThat(rows.put(keys.longAt(row), labels.textAt(row)))
                        .as(where)
                        .isNull();
            }
            assertThat(query(database, name, List.of("count(*)")).count())
                    .as(where)
                    .hasValue(rows.size());
            assertThat(database.rowCount(name)).as(where).isEqualTo(rows.size());
            for (long key : rows.isEmpty() ? List.<Long>of() : List.of(rows.firstKey(), rows.lastKey())) {
                assertThat(nearest(database, name, key)).as(where).containsExactly(key);
            }
            found.collections().put(name.name(), rows);
        }
        readSnapshots(database, found, where);
        return found;
    }

    /** What a snapshot holds is seen by restoring it. */
    private static void readSnapshots(ElanusDatabase database, State found, String where) {
        for (String collection : List.copyOf(found.collections().keySet())) {
            for (SnapshotDescription snapshot : database.listSnapshots(CollectionName.of(collection))) {
                CollectionName restored = CollectionName.of("restored");
                database.restoreSnapshot(CollectionName.of(collection), snapshot.name(), restored);
                SortedMap<Long, String> rows = new TreeMap<>();
                OutputRows output = query(database, restored, List.of("label")).output();
                for (int row = 0; row < output.rowCount(); row++) {
                    rows.put(
                            ((FixedColumn) output.columns().get(0).column()).longAt(row),
                            ((BytesColumn) output.columns().get(1).column()).textAt(row));
                }
                assertThat(snapshot.rowCount()).as(where).isEqualTo(rows.size());
                database.dropCollection(restored);
                found.collections().put(collection + "@" + snapshot.name(), rows);
            }
        }
    }

    private static List<Long> nearest(ElanusDatabase database, CollectionName name, long key) {
        return DatabaseFixture.keysOf(database.search(new SearchRequest(
                name,
                List.of(),
                null,
                List.of(SearchTarget.of(DatabaseFixture.vectorOf(key))),
                1,
                0,
                FilterText.everything(),
                List.of(),
                null,
                Map.of("nprobe", "1024"),
                -1,
                false,
                new ReadPoint(ConsistencyLevel.STRONG, 0),
                Duration.ofMinutes(1))));
    }

    private static QueryResult query(ElanusDatabase database, CollectionName name, List<String> output) {
        return database.query(new QueryRequest(
                name,
                List.of(),
                FilterText.of("id >= 0"),
                output,
                -1,
                0,
                new ReadPoint(ConsistencyLevel.STRONG, 0),
                Duration.ofMinutes(1)));
    }

    private static MemoryStore copyOf(MemoryStore store, Terms terms) {
        MemoryStore copy = new MemoryStore(terms.storeClock);
        for (ObjectStore.Listed listed : store.list("", "", Integer.MAX_VALUE)) {
            copy.putIfAbsent(
                    listed.key(), new Content.Memory(store.get(listed.key()).orElseThrow()));
        }
        return copy;
    }

    private record Running(Process process) implements AutoCloseable {
        @Override
        public void close() {
            process.maintenance().close();
            process.database().close();
        }
    }

    private Running start(ObjectStore store, Terms terms) {
        Policy defaults = Policy.defaults();
        Policy eager = new Policy(
                defaults.sealBytes(),
                defaults.sealAge(),
                defaults.compactedBytes(),
                2,
                0.3,
                terms.grace,
                terms.grace,
                terms.grace);
        LogLimits limits = LogLimits.defaults();
        EngineSettings settings = EngineSettings.defaults(folder.resolve("process-" + processes++))
                .withPolicy(eager)
                .withLimits(
                        new LogLimits(limits.unsealedBytes(), limits.queuedBytes(), limits.batchBytes(), terms.lookAge))
                .withMaintenance(false);
        return new Running(
                new Process(ElanusDatabase.open(store, host, settings), Maintenance.open(store, host, settings)));
    }
}
