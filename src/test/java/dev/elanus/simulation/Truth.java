package dev.elanus.simulation;

import dev.elanus.catalog.Catalog;
import dev.elanus.catalog.CatalogCodec;
import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.log.LogEntry;
import dev.elanus.log.Replay;
import dev.elanus.log.Replay.Written;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.ManifestCodec;
import dev.elanus.simulation.Bucket.Made;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was true, in the order in which it came to be: by the logs, manifests and catalogs that ever were, whether or not they are still there. */
record Truth(List<Incarnation> collections) {
    private static final int KEY = 100;
    private static final int VALUE = 102;

    /** A write of a log: which keys it deleted, and which values it gave to which keys, both ascending. */
    record Entry(long timestamp, List<Long> deleted, SortedMap<Long, Long> rows) {
        long step() {
            return rows.isEmpty() ? -1 : rows.firstEntry().getValue() / Plan.VALUES_A_STEP;
        }
    }

    record Version(long atNanos, Manifest manifest) {}

    /**
     * One collection of a name, from its creation to its drop.
     *
     * @param createdNanos when the catalog first named it while it was there; {@code Long.MAX_VALUE} if it never did
     * @param droppedNanos when a manifest first said so; {@code Long.MAX_VALUE} if it is there still
     * @param removedNanos when the catalog named it no more, after which nobody can write to it; {@code Long.MAX_VALUE} if it names it still
     */
    record Incarnation(
            long id,
            String name,
            long createdNanos,
            long droppedNanos,
            long removedNanos,
            List<Version> versions,
            List<Entry> entries) {
        boolean livesThrough(long fromNanos, long toNanos) {
            return createdNanos < fromNanos && droppedNanos > toNanos;
        }

        /** Whether it was not loaded at some time. */
        boolean wasUnloaded(long fromNanos, long toNanos) {
            for (int i = 0; i < versions.size(); i++) {
                long until = i + 1 < versions.size() ? versions.get(i + 1).atNanos : Long.MAX_VALUE;
                if (!versions.get(i).manifest.loaded() && versions.get(i).atNanos <= toNanos && until >= fromNanos) {
                    return true;
                }
            }
            return false;
        }

        Manifest newest() {
            return versions.getLast().manifest;
        }
    }

    static Truth of(Map<String, Made> made) {
        Map<Long, SortedMap<Long, Made>> manifests = new TreeMap<>();
        Map<Long, SortedMap<Long, MemorySegment>> logs = new TreeMap<>();
        SortedMap<Long, Catalog> catalogs = new TreeMap<>();
        for (Made object : made.values()) {
            String[] path = object.key().split("/");
            if (path[0].equals("catalog")) {
                catalogs.put(object.atNanos(), new CatalogCodec().decode(object.key(), object.bytes()));
                continue;
            }
            long id = HexFormat.fromHexDigitsToLong(path[1]);
            long number = HexFormat.fromHexDigitsToLong(path[3]);
            if (path[2].equals("log")) {
                logs.computeIfAbsent(id, _ -> new TreeMap<>()).put(number, object.bytes());
            } else {
                manifests.computeIfAbsent(id, _ -> new TreeMap<>()).put(Long.MAX_VALUE - number, object);
            }
        }
        List<Incarnation> collections = new ArrayList<>();
        manifests.forEach((id, versions) -> {
            long named = firstNaming(catalogs, id, true);
            collections.add(incarnation(
                    id,
                    // Who froze for long while it created a collection may name what was cleared away meanwhile.
                    versions.values().stream().anyMatch(one -> one.isThereAt(named)) ? named : Long.MAX_VALUE,
                    firstNaming(catalogs.tailMap(named), id, false),
                    versions,
                    logs.getOrDefault(id, new TreeMap<>())));
        });
        return new Truth(collections);
    }

    /** When a catalog first names a collection, or first does not. */
    private static long firstNaming(SortedMap<Long, Catalog> catalogs, long id, boolean named) {
        return catalogs.entrySet().stream()
                .filter(catalog -> named
                        == catalog.getValue().collections().stream().anyMatch(entry -> entry.collectionId() == id))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    List<Incarnation> named(String name) {
        return collections.stream().filter(one -> one.name.equals(name)).toList();
    }

    /** The values of the living rows by key, after an entry. */
    static void apply(Entry entry, Map<Long, Long> state) {
        entry.deleted.forEach(state::remove);
        state.putAll(entry.rows);
    }

    private static Incarnation incarnation(
            long id, long created, long removed, SortedMap<Long, Made> manifests, SortedMap<Long, MemorySegment> log) {
        List<Version> versions = new ArrayList<>();
        long dropped = Long.MAX_VALUE;
        for (Made made : manifests.values()) {
            Manifest manifest = new ManifestCodec().decode(made.key(), made.bytes());
            versions.add(new Version(made.atNanos(), manifest));
            dropped = manifest.dropped() ? Math.min(dropped, made.atNanos()) : dropped;
        }
        Manifest first = versions.getFirst().manifest;
        // A fence writes nothing: it only takes a place.
        List<Entry> entries = Replay.of(first.schema(), log).stream()
                .map(Truth::entry)
                .filter(entry -> !entry.rows.isEmpty() || !entry.deleted.isEmpty())
                .toList();
        return new Incarnation(id, first.name().name(), created, dropped, removed, versions, entries);
    }

    private static Entry entry(Written written) {
        LogEntry entry = written.entry();
        SortedMap<Long, Long> rows = new TreeMap<>();
        if (entry.rows() != null) {
            FixedColumn keys = (FixedColumn) entry.rows().column(KEY);
            FixedColumn values = (FixedColumn) entry.rows().column(VALUE);
            for (int row = 0; row < keys.rowCount(); row++) {
                rows.put(keys.longAt(row), values.longAt(row));
            }
        }
        return new Entry(written.timestamp(), longs(entry.deletedKeys()), rows);
    }

    private static List<Long> longs(Column keys) {
        TreeSet<Long> longs = new TreeSet<>();
        if (keys instanceof FixedColumn fixed) {
            for (int row = 0; row < fixed.rowCount(); row++) {
                longs.add(fixed.longAt(row));
            }
        }
        return List.copyOf(longs);
    }

    /** Where every step's rows lie: by step number, all entries that carry some. */
    Map<Long, List<Map.Entry<Incarnation, Entry>>> byStep() {
        Map<Long, List<Map.Entry<Incarnation, Entry>>> bySteps = new LinkedHashMap<>();
        for (Incarnation collection : collections) {
            for (Entry entry : collection.entries) {
                if (!entry.rows.isEmpty()) {
                    bySteps.computeIfAbsent(entry.step(), _ -> new ArrayList<>())
                            .add(Map.entry(collection, entry));
                }
            }
        }
        return bySteps;
    }
}
