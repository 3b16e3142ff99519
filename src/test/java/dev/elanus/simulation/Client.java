package dev.elanus.simulation;

import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.VectorColumn;
import dev.elanus.engine.CollectionDescription;
import dev.elanus.engine.ElanusDatabase;
import dev.elanus.engine.FlushResult;
import dev.elanus.engine.Maintenance;
import dev.elanus.engine.NewCollection;
import dev.elanus.engine.NewIndex;
import dev.elanus.engine.PartitionKey;
import dev.elanus.engine.WriteResult;
import dev.elanus.error.Unavailable;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.search.FilterText;
import dev.elanus.search.OutputRows;
import dev.elanus.search.QueryRequest;
import dev.elanus.search.QueryResult;
import dev.elanus.search.ReadPoint;
import dev.elanus.search.SearchRequest;
import dev.elanus.search.SearchResult;
import dev.elanus.search.SearchTarget;
import dev.elanus.simulation.Note.Outcome;
import dev.elanus.simulation.Note.Row;
import dev.elanus.simulation.Plan.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Asks processes for what steps say, one after the other, and notes what comes back. */
final class Client {
    private static final int KEY = 100;
    private static final int VECTOR = 101;
    private static final int VALUE = 102;
    private static final int WIDTH = 1_009;
    private static final Duration TIME_LIMIT = Duration.ofMinutes(5);

    /** The collection whose rows lie where their values send them, so that an upsert moves them; of the other some are written to a partition. */
    private static final String KEYED = "b";

    private static final PartitionKey BY_VALUE = new PartitionKey(List.of("value"), 3);
    private static final String PARTITION = "odd";

    private static final CollectionSchema SCHEMA = new CollectionSchema(
            "",
            List.of(
                    Field.scalar(0, "id", DataType.INT64).asPrimaryKey(false),
                    Field.vector(0, "vector", 2),
                    Field.scalar(0, "value", DataType.INT64)),
            false);

    private final SimulatedHost outside;
    private final Scheduler scheduler;
    private final List<SimulatedProcess> processes;
    private final List<Note> notes;
    private final Map<String, Long> lastWrites = new HashMap<>();

    Client(SimulatedHost outside, Scheduler scheduler, List<SimulatedProcess> processes, List<Note> notes) {
        this.outside = outside;
        this.scheduler = scheduler;
        this.processes = processes;
        this.notes = notes;
    }

    /** The vector of a value: whole numbers, so that distances are exact. */
    static float[] vectorOf(long value) {
        return new float[] {value % WIDTH, value / WIDTH};
    }

    /** Waits for the answer, but no longer than {@code patience}. */
    Outcome take(Step step, Duration patience) {
        boolean builds = step.deed() instanceof Deed.Maintain || step.deed() instanceof Deed.CollectGarbage;
        SimulatedProcess process = builds ? processes.getLast() : processes.get(step.process());
        long invoked = scheduler.nowNanos();
        int life = process.life();
        long guarantee = lastWrites.getOrDefault(collectionOf(step.deed()), 0L);
        Outcome outcome = process.isUp() ? ask(process, step, guarantee, patience) : new Outcome.NotSent();
        if (outcome instanceof Outcome.Written(long timestamp, long count) && count > 0) {
            lastWrites.put(collectionOf(step.deed()), timestamp);
        }
        notes.add(new Note(step, life, invoked, scheduler.nowNanos(), guarantee, outcome));
        return outcome;
    }

    private Outcome ask(SimulatedProcess process, Step step, long guarantee, Duration patience) {
        CompletableFuture<Outcome> reply = process.call(work(process, step, guarantee));
        if (!outside.await(reply, patience)) {
            return new Outcome.Unknown(new Unavailable("the client lost its patience"));
        }
        try {
            return outside.await(reply);
        } catch (Scheduler.Unwound over) {
            throw over;
        } catch (RuntimeException | Error failure) {
            return Universe.isRefusal(failure) ? new Outcome.Refused(failure) : new Outcome.Unknown(failure);
        }
    }

    /** The name of the collection that a deed is about, or nothing. */
    static String collectionOf(Deed deed) {
        return switch (deed) {
            case Deed.Insert one -> one.collection();
            case Deed.Upsert one -> one.collection();
            case Deed.Delete one -> one.collection();
            case Deed.DeleteRange one -> one.collection();
            case Deed.Query one -> one.collection();
            case Deed.Count one -> one.collection();
            case Deed.Search one -> one.collection();
            case Deed.Flush one -> one.collection();
            case Deed.Create one -> one.collection();
            case Deed.Drop one -> one.collection();
            case Deed.Maintain one -> one.collection();
            case Deed.CollectGarbage _, Deed.Kill _, Deed.Freeze _, Deed.JumpClock _, Deed.Outage _, Deed.Pass _ -> "";
        };
    }

    private static Callable<Outcome> work(SimulatedProcess process, Step step, long guarantee) {
        CollectionName name = CollectionName.of(collectionOf(step.deed()));
        ElanusDatabase database = process.database();
        Maintenance maintenance = process.maintenance();
        return switch (step.deed()) {
            case Deed.Insert(String collection, long firstKey, int rows) ->
                () -> written(database.insert(
                        name,
                        collection.equals(KEYED) || firstKey % 2 == 0 ? "" : PARTITION,
                        rows(LongStream.range(firstKey, firstKey + rows).toArray(), step),
                        0));
            case Deed.Upsert(String _, List<Long> keys) ->
                () -> written(database.upsert(
                        name, "", rows(keys.stream().mapToLong(key -> key).toArray(), step), 0));
            case Deed.Delete(String _, List<Long> keys) -> () -> written(database.delete(name, "", withKeys(keys)));
            case Deed.DeleteRange(String _, long from, long end) ->
                () -> written(database.delete(name, "", FilterText.of("id >= " + from + " and id < " + end)));
            case Deed.Query(String _, ConsistencyLevel level, List<Long> keys) -> {
                FilterText filter = keys.isEmpty() ? FilterText.of("id >= 0") : withKeys(keys);
                yield () -> rows(database.query(query(name, filter, "value", level, guarantee)));
            }
            case Deed.Count(String _, ConsistencyLevel level) ->
                () -> {
                    QueryResult result =
                            database.query(query(name, FilterText.everything(), "count(*)", level, guarantee));
                    return new Outcome.Counted(
                            result.readTimestamp(), result.count().orElseThrow());
                };
            case Deed.Search(String _, ConsistencyLevel level, long value, int topK) ->
                () -> hits(database.search(search(name, vectorOf(value), topK, level, guarantee)));
            case Deed.Flush _ ->
                () -> {
                    FlushResult flushed = database.flush(name);
                    return new Outcome.Done(flushed.timestamp());
                };
            case Deed.Create _ ->
                () -> {
                    boolean keyed = name.name().equals(KEYED);
                    CollectionDescription made = database.createCollection(new NewCollection(
                            name, SCHEMA, ConsistencyLevel.STRONG, 1, Map.of(), keyed ? BY_VALUE : PartitionKey.NONE));
                    if (!keyed) {
                        database.partitions().create(name, PARTITION);
                    }
                    database.createIndex(
                            new NewIndex(name, "vector", "", Map.of("index_type", "FLAT", "metric_type", "L2")));
                    database.load(name);
                    return new Outcome.Done(made.id());
                };
            case Deed.Drop _ ->
                () -> {
                    database.dropCollection(name);
                    return new Outcome.Done(0);
                };
            case Deed.Maintain(String _, boolean sealsAll) ->
                () -> new Outcome.Done(maintenance.run(name, sealsAll).size());
            case Deed.CollectGarbage _ -> () -> new Outcome.Done(maintenance.collectGarbage());
            case Deed.Kill _, Deed.Freeze _, Deed.JumpClock _, Deed.Outage _, Deed.Pass _ ->
                throw new IllegalArgumentException("not for a client: " + step.deed());
        };
    }

    private static Outcome written(WriteResult result) {
        return new Outcome.Written(result.timestamp(), result.count());
    }

    private static FilterText withKeys(List<Long> keys) {
        return FilterText.of("id in [" + keys.stream().map(String::valueOf).collect(Collectors.joining(",")) + "]");
    }

    private static Columns rows(long[] keys, Step step) {
        long[] values = new long[keys.length];
        float[][] vectors = new float[keys.length][];
        for (int i = 0; i < keys.length; i++) {
            values[i] = (long) step.number() * Plan.VALUES_A_STEP + i;
            vectors[i] = vectorOf(values[i]);
        }
        Map<Integer, Column> columns = new HashMap<>();
        columns.put(KEY, FixedColumn.ofLongs(keys));
        columns.put(VECTOR, VectorColumn.of(vectors, 2));
        columns.put(VALUE, FixedColumn.ofLongs(values));
        return new Columns(keys.length, columns);
    }

    private static QueryRequest query(
            CollectionName name, FilterText filter, String output, ConsistencyLevel level, long guarantee) {
        return new QueryRequest(name, List.of(), filter, List.of(output), -1, 0, point(level, guarantee), TIME_LIMIT);
    }

    private static SearchRequest search(
            CollectionName name, float[] vector, int topK, ConsistencyLevel level, long guarantee) {
        return new SearchRequest(
                name,
                List.of(),
                null,
                List.of(SearchTarget.of(vector)),
                topK,
                0,
                FilterText.everything(),
                List.of("value"),
                null,
                Map.of(),
                -1,
                false,
                point(level, guarantee),
                TIME_LIMIT);
    }

    private static ReadPoint point(ConsistencyLevel level, long guarantee) {
        return new ReadPoint(level, level == ConsistencyLevel.SESSION ? guarantee : 0);
    }

    private static Outcome rows(QueryResult result) {
        OutputRows output = result.output();
        return new Outcome.Rows(
                result.readTimestamp(),
                rows((FixedColumn) output.columns().get(0).column(), (FixedColumn)
                        output.columns().get(1).column()));
    }

    private static Outcome hits(SearchResult result) {
        FixedColumn values = (FixedColumn) result.output().columns().getFirst().column();
        List<Float> scores = new ArrayList<>();
        for (float score : result.scores()) {
            scores.add(score);
        }
        return new Outcome.Hits(result.readTimestamp(), rows((FixedColumn) result.keys(), values), scores);
    }

    private static List<Row> rows(FixedColumn keys, FixedColumn values) {
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < keys.rowCount(); row++) {
            rows.add(new Row(keys.longAt(row), values.longAt(row)));
        }
        return rows;
    }
}
