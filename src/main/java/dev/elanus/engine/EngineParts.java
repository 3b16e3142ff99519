package dev.elanus.engine;

import dev.elanus.filter.Filter;
import dev.elanus.filter.FilterParser;
import dev.elanus.host.Admission;
import dev.elanus.host.Host;
import dev.elanus.index.Indexes;
import dev.elanus.log.DeletedRows;
import dev.elanus.log.HybridClock;
import dev.elanus.log.PastViews;
import dev.elanus.maintenance.GarbageCollector;
import dev.elanus.maintenance.Maintainer;
import dev.elanus.maintenance.Snapshots;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.SegmentEntry;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.search.Reads;
import dev.elanus.storage.Mirror;
import dev.elanus.storage.ObjectRef;
import dev.elanus.storage.ObjectStore;
import dev.elanus.storage.StoreProbe;
import dev.elanus.vector.KernelChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The engine's parts, put together once a process.
 *
 * @param kernels which distance kernels were chosen, and why
 * @param writes admits writes to the memory that rows take until they are sealed
 */
record EngineParts(
        ObjectStore store,
        Host host,
        HybridClock clock,
        KernelChoice kernels,
        Mirror mirror,
        Collections collections,
        Reads reads,
        Maintainer maintainer,
        GarbageCollector garbage,
        Admission writes,
        Snapshots snapshots) {
    /** @throws dev.elanus.error.DatabaseException if the store is out of reach or does not keep the rules of an {@link ObjectStore} */
    static EngineParts open(ObjectStore store, Host host, EngineSettings settings) {
        StoreProbe.check(store, host);
        HybridClock clock = new HybridClock(host.clock());
        KernelChoice kernels = KernelChoice.pick(host);
        Indexes indexes = new Indexes(kernels.kernels(), host);
        Mirror mirror = new Mirror(store, settings.localFolder(), settings.mirrorBytes(), settings.fills(), host);
        DeletedRows deleted = new DeletedRows();
        MemoryLimits memory = settings.memory();
        Collections collections = new Collections(store, host, clock, settings.limits());
        Admission reads =
                new Admission(host, "reads", memory.readBytes(), memory.readPlaces(), memory.waiting(), () -> 0);
        Admission writes = new Admission(
                host, "writes", memory.writeBytes(), Integer.MAX_VALUE, memory.waiting(), collections::unsealedBytes);
        return new EngineParts(
                store,
                host,
                clock,
                kernels,
                mirror,
                collections,
                new Reads(
                        store,
                        mirror,
                        host,
                        indexes,
                        deleted,
                        new PastViews(host, settings.policy().grace()),
                        settings.bound(),
                        reads,
                        settings.recallShare()),
                new Maintainer(
                        store,
                        mirror,
                        host,
                        new Indexes(kernels.kernels(), host.background()),
                        deleted,
                        mirror.scratch(),
                        settings.policy().longGrace()),
                new GarbageCollector(store, host, settings.policy()),
                writes,
                new Snapshots(store, host, clock));
    }

    void close() {
        reads.close();
        mirror.close();
        store.close();
    }

    /** Begins to bring what is loaded near. */
    void prefetch(Manifest loaded) {
        // Indexes first: they are what every search needs.
        List<ObjectRef> objects = new ArrayList<>();
        for (SegmentEntry segment : loaded.segments()) {
            segment.indexes().forEach(index -> objects.add(index.object()));
        }
        loaded.segments().forEach(segment -> objects.add(segment.rows()));
        mirror.prefetch(objects);
    }

    /** The first parse of a process loads the parser's classes and tables, which takes a fifth of a second: no request should wait for that. */
    static Filter warmUp() {
        Field id = Field.scalar(CollectionSchema.FIRST_USER_FIELD_ID, "id", DataType.INT64)
                .asPrimaryKey(false);
        CollectionSchema schema = new CollectionSchema("", List.of(id), false);
        return FilterParser.parse("id > 0 and id in [1, 2] or not (id + 1 < 2)", Map.of(), schema);
    }
}
