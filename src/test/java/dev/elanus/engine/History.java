package dev.elanus.engine;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.VectorColumn;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.search.FilterText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** What a process does, step by step, and beside each step what it makes of a plain map that says what must be there. */
final class History {
    private final List<Step> steps = new ArrayList<>();

    /** The front doors that a step goes through. */
    record Process(ElanusDatabase database, Maintenance maintenance) {}

    /** What must be there: the labels of the living rows by their keys, by the name of their collection. */
    record State(SortedMap<String, SortedMap<Long, String>> collections) {
        static State empty() {
            return new State(new TreeMap<>());
        }

        State after(Step step) {
            State copy = empty();
            collections.forEach((name, rows) -> copy.collections.put(name, new TreeMap<>(rows)));
            step.effect.accept(copy.collections);
            return copy;
        }
    }

    /**
     * One acknowledged operation.
     *
     * @param effect on a copy of what was there before
     */
    record Step(String name, Consumer<Process> work, Consumer<SortedMap<String, SortedMap<Long, String>>> effect) {}

    List<Step> steps() {
        return Collections.unmodifiableList(steps);
    }

    History create(String name, String indexType) {
        step(
                "create " + name,
                on -> on.database.createCollection(collection(name)),
                all -> all.put(name, new TreeMap<>()));
        step("create index of " + name, on -> on.database.createIndex(index(name, indexType)), all -> {});
        return step("load " + name, on -> on.database.load(CollectionName.of(name)), all -> {});
    }

    History drop(String name) {
        return step(
                "drop " + name,
                on -> on.database.dropCollection(CollectionName.of(name)),
                all -> all.keySet().removeIf(key -> key.equals(name) || key.startsWith(name + "@")));
    }

    /** Keeps a collection under {@code collection@snapshot}. */
    History snapshot(String name, String snapshot) {
        return step(
                "snapshot " + snapshot + " of " + name,
                on -> on.database.createSnapshot(CollectionName.of(name), snapshot, "as it was"),
                all -> all.put(name + "@" + snapshot, new TreeMap<>(all.getOrDefault(name, new TreeMap<>()))));
    }

    History dropSnapshot(String name, String snapshot) {
        return step(
                "drop snapshot " + snapshot + " of " + name,
                on -> on.database.dropSnapshot(CollectionName.of(name), snapshot),
                all -> all.remove(name + "@" + snapshot));
    }

    History restore(String name, String snapshot, String target) {
        return step(
                "restore " + snapshot + " of " + name + " as " + target,
                on -> on.database.restoreSnapshot(CollectionName.of(name), snapshot, CollectionName.of(target)),
                all -> all.put(target, new TreeMap<>(all.getOrDefault(name + "@" + snapshot, new TreeMap<>()))));
    }

    History cloneOf(String name, String target) {
        return step(
                "clone " + name + " as " + target,
                on -> on.database.cloneCollection(CollectionName.of(name), CollectionName.of(target)),
                all -> all.put(target, new TreeMap<>(all.getOrDefault(name, new TreeMap<>()))));
    }

    History insert(String name, long from, long to) {
        return step(
                "insert " + from + " to " + to + " into " + name,
                on -> on.database.insert(CollectionName.of(name), "", rows(from, to, "inserted"), 0),
                all -> mark(all, name, from, to, "inserted"));
    }

    History upsert(String name, long from, long to, String label) {
        return step(
                "upsert " + from + " to " + to + " into " + name,
                on -> on.database.upsert(CollectionName.of(name), "", rows(from, to, label), 0),
                all -> mark(all, name, from, to, label));
    }

    History delete(String name, long from, long to) {
        FilterText filter = FilterText.of("id >= " + from + " and id < " + to);
        return step(
                "delete " + from + " to " + to + " from " + name,
                on -> on.database.delete(CollectionName.of(name), "", filter),
                all -> all.getOrDefault(name, new TreeMap<>()).subMap(from, to).clear());
    }

    History flush(String name) {
        return step("flush " + name, on -> on.database.flush(CollectionName.of(name)), all -> {});
    }

    /** Whatever is due: indexes, compactions. */
    History maintain(String name) {
        return step("maintain " + name, on -> on.maintenance.run(CollectionName.of(name), true), all -> {});
    }

    History collectGarbage() {
        return step("collect garbage", on -> on.maintenance.collectGarbage(), all -> {});
    }

    private History step(
            String name, Consumer<Process> work, Consumer<SortedMap<String, SortedMap<Long, String>>> effect) {
        steps.add(new Step(name, work, effect));
        return this;
    }

    static NewIndex index(String name, String indexType) {
        Map<String, String> params = Map.of("index_type", indexType, "metric_type", "L2");
        return new NewIndex(CollectionName.of(name), "vector", "", params);
    }

    static Columns rows(long from, long to, String label) {
        long[] keys = LongStream.range(from, to).toArray();
        Map<Integer, Column> columns = new HashMap<>();
        columns.put(DatabaseFixture.KEY, FixedColumn.ofLongs(keys));
        float[][] vectors =
                LongStream.of(keys).mapToObj(DatabaseFixture::vectorOf).toArray(float[][]::new);
        columns.put(DatabaseFixture.VECTOR, VectorColumn.of(vectors, DatabaseFixture.DIMENSION));
        columns.put(DatabaseFixture.LABEL, BytesColumn.of(DataType.VARCHAR, Collections.nCopies(keys.length, label)));
        return new Columns(keys.length, columns);
    }

    private static NewCollection collection(String name) {
        return new NewCollection(
                CollectionName.of(name), DatabaseFixture.schema(false), ConsistencyLevel.STRONG, 1, Map.of());
    }

    private static void mark(
            SortedMap<String, SortedMap<Long, String>> all, String name, long from, long to, String label) {
        SortedMap<Long, String> rows = all.getOrDefault(name, new TreeMap<>());
        LongStream.range(from, to).forEach(key -> rows.put(key, label));
    }
}
