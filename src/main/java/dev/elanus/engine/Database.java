package dev.elanus.engine;

import dev.elanus.column.Columns;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.search.FilterText;
import dev.elanus.search.HybridRequest;
import dev.elanus.search.QueryRequest;
import dev.elanus.search.QueryResult;
import dev.elanus.search.RecallListener;
import dev.elanus.search.SearchRequest;
import dev.elanus.search.SearchResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The front door for entry points. Every method may be called from many threads, waits for the store where it must, and reports failures as
 * {@link dev.elanus.error.DatabaseException} in the words that Milvus uses. A method that names a missing collection throws
 * {@code NotFound(COLLECTION)}.
 */
public interface Database extends AutoCloseable {
    /** How long a write may take where nothing else is said. */
    Duration WRITE_LIMIT = Duration.ofMinutes(1);

    /** Creates a collection. Creating the same one again succeeds; one of that name that differs is refused. */
    CollectionDescription createCollection(NewCollection collection);

    CollectionDescription describeCollection(CollectionName name);

    /** Looks a collection up by the id that {@link CollectionDescription#id} gave. */
    CollectionDescription describeCollection(long collectionId);

    boolean hasCollection(CollectionName name);

    /**
     * All collections of a database in the order of their names. One whose stored state cannot be read is left out and named in the log, so that
     * the others can be found.
     */
    List<CollectionDescription> listCollections(String database);

    /** Drops a collection; a missing one is no error. */
    void dropCollection(CollectionName name);

    /** The exact number of live rows, as a Strong read sees it. */
    long rowCount(CollectionName name);

    /**
     * Keeps a collection as it is now: everything that was acknowledged before. Nothing is copied.
     *
     * @param snapshot unique within the collection; with the collection its snapshots are dropped
     */
    SnapshotDescription createSnapshot(CollectionName name, String snapshot, String description);

    /** A collection's snapshots, oldest first. */
    List<SnapshotDescription> listSnapshots(CollectionName name);

    /** @throws dev.elanus.error.NotFound of kind SNAPSHOT if there is none of that name */
    SnapshotDescription describeSnapshot(CollectionName name, String snapshot);

    /** Lets a snapshot go; a missing one is an error. */
    void dropSnapshot(CollectionName name, String snapshot);

    /** Makes a new collection of what a snapshot keeps, without copying it. From then on both go their own ways. */
    CollectionDescription restoreSnapshot(CollectionName name, String snapshot, CollectionName target);

    /** Makes a new collection of what a collection holds, everything that was acknowledged before, without copying it. */
    CollectionDescription cloneCollection(CollectionName name, CollectionName target);

    /** Allows searching and queries. Needs an index on every vector field. */
    void load(CollectionName name);

    void release(CollectionName name);

    /** The partitions of collections. */
    PartitionDirectory partitions();

    /** Changes of whole collections. */
    Alterations alterations();

    /** Compactions that clients ask for. */
    Compactions compactions();

    /** The groups of nodes that clients define. */
    ResourceGroups resourceGroups();

    /** Databases and aliases. */
    NameDirectory names();

    /** Creates an index. The same one again succeeds; a different one on the same field is refused. */
    void createIndex(NewIndex index);

    /** The collection's indexes, oldest first. */
    List<IndexDescription> describeIndexes(CollectionName name);

    /** Drops an index; a missing one is no error, a vector index of a loaded collection is refused. */
    void dropIndex(CollectionName name, String indexName);

    /**
     * Appends rows. Columns of nullable fields and of fields with a default may be absent, as may the dynamic field's; the key's must be absent
     * where ids are generated.
     *
     * @param rows gives the rows by field id, decoded by the schema that they will be stored with
     * @param partition empty for {@code _default}, or for what the partition key says
     * @param schemaTimestamp the {@link CollectionDescription#updatedTimestamp} that the writer knows, or 0
     * @param limit after which the write is given up: {@link dev.elanus.error.Busy} if it has not left by then,
     *     {@link dev.elanus.error.OutcomeUnknown} if it has
     */
    WriteResult insert(
            CollectionName name,
            String partition,
            Function<CollectionSchema, Columns> rows,
            long schemaTimestamp,
            Duration limit);

    /** As {@link #insert(CollectionName, String, Function, long, Duration)} of rows that are there, within {@link #WRITE_LIMIT}. */
    default WriteResult insert(CollectionName name, String partition, Columns rows, long schemaTimestamp) {
        return insert(name, partition, _ -> rows, schemaTimestamp, WRITE_LIMIT);
    }

    /** As {@link #insert}, and rows of the same keys are deleted in the partition that is written to. With generated ids the given keys are deleted and new ones returned. */
    WriteResult upsert(
            CollectionName name,
            String partition,
            Function<CollectionSchema, Columns> rows,
            long schemaTimestamp,
            Duration limit);

    /** As {@link #upsert(CollectionName, String, Function, long, Duration)} of rows that are there, within {@link #WRITE_LIMIT}. */
    default WriteResult upsert(CollectionName name, String partition, Columns rows, long schemaTimestamp) {
        return upsert(name, partition, _ -> rows, schemaTimestamp, WRITE_LIMIT);
    }

    /**
     * As {@link #upsert}, but of the rows that are there already the fields that are not given stay as they are. Those that are new need every
     * field as on insert. Dynamic keys are merged one by one. Updates of the same keys through this database take turns, so that none is lost;
     * what is written in between by other means, or by another process, is replaced as a whole row.
     *
     * @param rows the primary key, and columns of the fields to change
     * @param operations by names of fields; the others are replaced
     */
    WriteResult update(
            CollectionName name,
            String partition,
            Function<CollectionSchema, Columns> rows,
            Map<String, FieldOperation> operations,
            long schemaTimestamp,
            Duration limit);

    /** As {@link #update(CollectionName, String, Function, Map, long, Duration)} of rows that are there, within {@link #WRITE_LIMIT}. */
    default WriteResult update(
            CollectionName name, String partition, Columns rows, Map<String, FieldOperation> operations) {
        return update(name, partition, _ -> rows, operations, 0, WRITE_LIMIT);
    }

    /** Deletes rows by filter, of one partition or, where it is empty, of all. A list of keys counts all that it lists; any other filter counts the rows that matched. */
    WriteResult delete(CollectionName name, String partition, FilterText filter, Duration limit);

    /** As {@link #delete(CollectionName, String, FilterText, Duration)} within {@link #WRITE_LIMIT}. */
    default WriteResult delete(CollectionName name, String partition, FilterText filter) {
        return delete(name, partition, filter, WRITE_LIMIT);
    }

    /** Seals everything that was acknowledged before; returns when it is sealed. Indexes are built in the background. */
    FlushResult flush(CollectionName name);

    List<SegmentDescription> segments(CollectionName name);

    SearchResult search(SearchRequest request);

    /** Several searches of the same state, their hits made one list. */
    SearchResult hybridSearch(HybridRequest request);

    QueryResult query(QueryRequest request);

    /** Sets who is told of the searches that are repeated to know their recall. */
    void onRecall(RecallListener listener);

    /** A hybrid timestamp greater than any this process handed out before. */
    long allocateTimestamp();

    /**
     * Reads a little from the store.
     *
     * @throws dev.elanus.error.DatabaseException if the store does not answer
     */
    void checkStore();

    EngineStatus status();

    /** Stops background work. What was acknowledged is durable already. */
    @Override
    void close();
}
