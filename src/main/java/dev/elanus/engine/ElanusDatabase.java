package dev.elanus.engine;

import dev.elanus.column.Columns;
import dev.elanus.error.Conflict;
import dev.elanus.error.Corrupt;
import dev.elanus.error.NotFound;
import dev.elanus.host.Host;
import dev.elanus.index.IndexSpec;
import dev.elanus.index.Progress;
import dev.elanus.log.CollectionLog;
import dev.elanus.log.View;
import dev.elanus.maintenance.Job;
import dev.elanus.manifest.Changes;
import dev.elanus.manifest.HoldChanges;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.SegmentEntry;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import dev.elanus.search.FilterText;
import dev.elanus.search.HybridRequest;
import dev.elanus.search.QueryRequest;
import dev.elanus.search.QueryResult;
import dev.elanus.search.RecallListener;
import dev.elanus.search.SearchRequest;
import dev.elanus.search.SearchResult;
import dev.elanus.storage.Meter;
import dev.elanus.storage.ObjectStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The database over an object store. */
public final class ElanusDatabase implements Database {
    private static final int MAX_SEAL_ATTEMPTS = 20;
    private static final Duration INTERNAL_LIMIT = Duration.ofMinutes(10);

    private final EngineParts parts;
    private final EngineSettings settings;
    private final Caretaker caretaker;
    private final CollectionCopies copies;
    private final Writes writes;
    private final Compactions compactions;
    private final ResourceGroups resourceGroups = new ResourceGroups();

    private ElanusDatabase(EngineParts parts, EngineSettings settings) {
        this.parts = parts;
        this.settings = settings;
        this.caretaker = new Caretaker(parts, settings.policy());
        this.compactions = new Compactions(this, parts, settings.policy().compactedBytes());
        this.copies = new CollectionCopies(parts.collections(), parts.snapshots(), this::seal);
        this.writes = new Writes(parts, settings.limits().lookAge());
    }

    /**
     * Opens the database of a store; the store is closed with it.
     *
     * @throws dev.elanus.error.DatabaseException if the store is out of reach, read-only, or does not honour conditional writes
     */
    public static ElanusDatabase open(ObjectStore store, Host host, EngineSettings settings) {
        ElanusDatabase database = new ElanusDatabase(EngineParts.open(store, host, settings), settings);
        if (settings.maintains()) {
            database.caretaker.start();
        }
        host.background().compute(EngineParts::warmUp);
        return database;
    }

    @Override
    public CollectionDescription createCollection(NewCollection collection) {
        return describe(parts.collections().create(collection).view().manifest());
    }

    @Override
    public CollectionDescription describeCollection(CollectionName name) {
        try {
            return with(name, (log, meter) -> describe(freshView(log).manifest()));
        } catch (NotFound missing) {
            throw missing.kind() == NotFound.Kind.COLLECTION
                    ? NotFound.described(name.database(), name.name())
                    : missing;
        }
    }

    @Override
    public CollectionDescription describeCollection(long collectionId) {
        return parts.collections().newestCatalog().collections().stream()
                .filter(entry -> entry.collectionId() == collectionId)
                .findFirst()
                .map(entry -> describeCollection(entry.name()))
                .orElseThrow(() -> new NotFound(
                        NotFound.Kind.COLLECTION, "can't find collection[collection=" + collectionId + "]"));
    }

    @Override
    public boolean hasCollection(CollectionName name) {
        try {
            describeCollection(name);
            return true;
        } catch (NotFound missing) {
            if (missing.kind() == NotFound.Kind.COLLECTION) {
                return false;
            }
            throw missing;
        }
    }

    @Override
    public List<CollectionDescription> listCollections(String database) {
        return parts.collections().list(database).stream()
                .map(log -> describe(log.view().manifest()))
                .toList();
    }

    @Override
    public void dropCollection(CollectionName name) {
        parts.collections().drops().drop(name);
    }

    @Override
    public long rowCount(CollectionName name) {
        return rowCount(name, List.of());
    }

    /** The exact number of live rows in some partitions, or in all where none is named. */
    long rowCount(CollectionName name, List<String> partitions) {
        return with(name, (log, meter) -> parts.reads().count(log, partitions, INTERNAL_LIMIT));
    }

    @Override
    public PartitionDirectory partitions() {
        return new PartitionDirectory(this, parts);
    }

    @Override
    public Alterations alterations() {
        return new Alterations(this, parts);
    }

    @Override
    public Compactions compactions() {
        return compactions;
    }

    @Override
    public ResourceGroups resourceGroups() {
        return resourceGroups;
    }

    @Override
    public NameDirectory names() {
        return new NameDirectory(parts);
    }

    @Override
    public SnapshotDescription createSnapshot(CollectionName name, String snapshot, String description) {
        return with(name, (log, meter) -> copies.create(log, snapshot, description));
    }

    @Override
    public List<SnapshotDescription> listSnapshots(CollectionName name) {
        return with(name, (log, meter) -> CollectionCopies.list(freshView(log).manifest()));
    }

    @Override
    public SnapshotDescription describeSnapshot(CollectionName name, String snapshot) {
        return with(name, (log, meter) -> CollectionCopies.find(freshView(log).manifest(), snapshot));
    }

    @Override
    public void dropSnapshot(CollectionName name, String snapshot) {
        with(name, (log, meter) -> log.commit(HoldChanges.dropSnapshot(snapshot)));
    }

    @Override
    public CollectionDescription restoreSnapshot(CollectionName name, String snapshot, CollectionName target) {
        return with(
                name, (log, meter) -> described(copies.restore(freshView(log).manifest(), snapshot, target)));
    }

    @Override
    public CollectionDescription cloneCollection(CollectionName name, CollectionName target) {
        return with(name, (log, meter) -> described(copies.clone(log, target)));
    }

    private static CollectionDescription described(CollectionLog log) {
        return describe(log.view().manifest());
    }

    @Override
    public void load(CollectionName name) {
        parts.prefetch(with(name, (log, meter) -> log.commit(Changes.load(true))));
    }

    @Override
    public void release(CollectionName name) {
        with(name, (log, meter) -> log.commit(Changes.load(false)));
    }

    @Override
    public void createIndex(NewIndex index) {
        with(index.collection(), (log, meter) -> {
            Field field = index.field(freshView(log).manifest().schema());
            IndexSpec spec = index.spec(field);
            Manifest committed = log.commit(
                    index.indexName().isEmpty()
                            ? Changes.createUnnamedIndex(Descriptions.indexName(field, spec), field.id(), spec)
                            : Changes.createIndex(index.indexName(), field.id(), spec));
            caretaker.wake();
            return committed;
        });
    }

    @Override
    public List<IndexDescription> describeIndexes(CollectionName name) {
        return with(name, (log, meter) -> Descriptions.indexes(freshView(log).manifest()));
    }

    @Override
    public void dropIndex(CollectionName name, String indexName) {
        with(name, (log, meter) -> log.commit(Changes.dropIndex(indexName)));
    }

    @Override
    public WriteResult insert(
            CollectionName name,
            String partition,
            Function<CollectionSchema, Columns> rows,
            long schemaTimestamp,
            Duration limit) {
        return with(name, (log, meter) -> writes.insert(log, partition, rows, schemaTimestamp, limit));
    }

    @Override
    public WriteResult upsert(
            CollectionName name,
            String partition,
            Function<CollectionSchema, Columns> rows,
            long schemaTimestamp,
            Duration limit) {
        return with(name, (log, meter) -> writes.upsert(log, partition, rows, schemaTimestamp, limit));
    }

    @Override
    public WriteResult update(
            CollectionName name,
            String partition,
            Function<CollectionSchema, Columns> rows,
            Map<String, FieldOperation> operations,
            long schemaTimestamp,
            Duration limit) {
        return with(name, (log, meter) -> writes.update(log, partition, rows, operations, schemaTimestamp, limit));
    }

    @Override
    public WriteResult delete(CollectionName name, String partition, FilterText filter, Duration limit) {
        return with(name, (log, meter) -> writes.delete(log, partition, filter, limit));
    }

    @Override
    public FlushResult flush(CollectionName name) {
        return with(name, (log, meter) -> {
            View view = seal(log);
            caretaker.wake();
            return new FlushResult(
                    view.manifest().segments().stream().map(SegmentEntry::id).toList(),
                    view.manifest().sealed().timestamp());
        });
    }

    @Override
    public List<SegmentDescription> segments(CollectionName name) {
        return with(name, (log, meter) -> Descriptions.segments(freshView(log).manifest()));
    }

    @Override
    public SearchResult search(SearchRequest request) {
        return with(request.collection(), (log, meter) -> parts.reads().search(log, request, meter));
    }

    @Override
    public SearchResult hybridSearch(HybridRequest request) {
        return with(request.collection(), (log, meter) -> parts.reads().hybrid(log, request, meter));
    }

    @Override
    public QueryResult query(QueryRequest request) {
        return with(request.collection(), (log, meter) -> parts.reads().query(log, request, meter));
    }

    @Override
    public void onRecall(RecallListener listener) {
        parts.reads().tellRecall(listener);
    }

    @Override
    public long allocateTimestamp() {
        return parts.clock().next();
    }

    @Override
    public void checkStore() {
        parts.collections().newestCatalog();
    }

    @Override
    public EngineStatus status() {
        return new EngineStatus(
                parts.store().describe(),
                parts.kernels().reason(),
                parts.host().computeWidth(),
                parts.mirror().heldBytes(),
                parts.collections().unsealedBytes(),
                EngineStatus.Load.of(parts.reads().admission()),
                EngineStatus.Load.of(parts.writes()),
                parts.collections().held());
    }

    @Override
    public void close() {
        caretaker.close();
        parts.close();
    }

    /**
     * Does something with a collection. What this process knows of the name may be out of date: where the collection turns out to be dropped,
     * the catalog says whether there is a newer one, and where an object turns out to be gone, a newer manifest says what took its place.
     */
    <T> T with(CollectionName name, BiFunction<CollectionLog, Meter, T> work) {
        Meter meter = new Meter();
        CollectionLog log = parts.collections().find(name, meter);
        try {
            return work.apply(log, meter);
        } catch (NotFound outdated) {
            switch (outdated.kind()) {
                case COLLECTION -> log = parts.collections().findInCatalog(name, meter);
                case OBJECT -> parts.host().await(log.look());
                case DATABASE, PARTITION, INDEX, FIELD, ALIAS, SNAPSHOT, RESOURCE_GROUP, NODE -> throw outdated;
            }
            return again(name, log, meter, work);
        }
    }

    /** By the newest manifest an object cannot be gone: nobody deletes what it names. */
    private static <T> T again(
            CollectionName name, CollectionLog log, Meter meter, BiFunction<CollectionLog, Meter, T> work) {
        try {
            return work.apply(log, meter);
        } catch (NotFound missing) {
            if (missing.kind() != NotFound.Kind.OBJECT) {
                throw missing;
            }
            throw new Corrupt(
                    "collection " + name.name()
                            + " is not whole: expected an object that its newest manifest names, found "
                            + "none (" + missing.getMessage() + "); restore it from a copy of the bucket, or drop the "
                            + "collection. Other collections are not affected",
                    missing);
        }
    }

    /** The newest view: what is described is what every process has done so far. */
    View freshView(CollectionLog log) {
        View view = parts.host().await(log.look()).view();
        log.checkThere(view.manifest());
        return view;
    }

    private View seal(CollectionLog log) {
        for (int attempt = 1; ; attempt++) {
            try {
                parts.maintainer().run(log, new Job.Seal(), Progress.NONE);
                return log.view();
            } catch (Conflict beaten) {
                if (attempt == MAX_SEAL_ATTEMPTS) {
                    throw beaten;
                }
                parts.host().await(log.look());
            }
        }
    }

    private static CollectionDescription describe(Manifest manifest) {
        return Descriptions.collection(manifest);
    }
}
