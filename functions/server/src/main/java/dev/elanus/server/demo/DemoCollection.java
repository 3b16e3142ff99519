package dev.elanus.server.demo;

import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.Validity;
import dev.elanus.column.VectorColumn;
import dev.elanus.engine.CollectionDescription;
import dev.elanus.engine.Database;
import dev.elanus.engine.NewCollection;
import dev.elanus.engine.NewIndex;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.search.FilterText;
import dev.elanus.search.ReadPoint;
import dev.elanus.search.SearchRequest;
import dev.elanus.search.SearchResult;
import dev.elanus.search.SearchTarget;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The pictures under one kind of index. There is one collection a kind, so that kinds can be compared. */
record DemoCollection(String kind) {
    /** The kinds that are shown; the last is exact, and what the others are measured against. */
    static final List<DemoCollection> ALL = List.of(
            new DemoCollection("AUTOINDEX"),
            new DemoCollection("HNSW"),
            new DemoCollection("DISKANN"),
            new DemoCollection("IVF_FLAT"),
            new DemoCollection("FLAT"));

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int BATCH = 1000;

    CollectionName name() {
        return CollectionName.of("fashion_" + kind.toLowerCase(Locale.ROOT));
    }

    static DemoCollection exact() {
        return ALL.getLast();
    }

    /** Makes the collection and its index, and loads it. */
    void create(Database database) {
        CollectionSchema schema = new CollectionSchema(
                "Fashion-MNIST pictures, one component a pixel",
                List.of(
                        Field.scalar(0, "id", DataType.INT64).asPrimaryKey(false),
                        Field.scalar(0, "label", DataType.INT8),
                        Field.vector(0, "pixels", Pictures.PIXELS)),
                false);
        database.createCollection(new NewCollection(name(), schema, ConsistencyLevel.BOUNDED, 1, Map.of()));
        database.createIndex(new NewIndex(name(), "pixels", "", Map.of("index_type", kind, "metric_type", "L2")));
        database.load(name());
    }

    /** Inserts pictures in batches, the row's number being its key. @param inserted told the rows of each batch */
    void insert(Database database, Pictures pictures, java.util.function.IntConsumer inserted) {
        CollectionDescription collection = database.describeCollection(name());
        for (int from = 0; from < pictures.count(); from += BATCH) {
            int count = Math.min(BATCH, pictures.count() - from);
            database.insert(
                    name(), "", rows(collection.schema(), pictures, from, count), collection.updatedTimestamp());
            inserted.accept(count);
        }
    }

    /** The pictures nearest to a vector. @param filter in the filter language, empty for all */
    SearchResult search(Database database, float[] vector, int topK, String filter) {
        return database.search(new SearchRequest(
                name(),
                List.of(),
                null,
                List.of(SearchTarget.of(vector)),
                topK,
                0,
                FilterText.of(filter),
                List.of(),
                null,
                Map.of(),
                -1,
                false,
                new ReadPoint(null, 0),
                LIMIT));
    }

    private static Columns rows(CollectionSchema schema, Pictures pictures, int from, int count) {
        long[] ids = new long[count];
        float[][] vectors = new float[count][];
        var labels = Column.allocate(count);
        for (int i = 0; i < count; i++) {
            ids[i] = from + i;
            vectors[i] = pictures.vector(from + i);
            labels.set(ValueLayout.JAVA_BYTE, i, (byte) pictures.label(from + i));
        }
        return new Columns(
                count,
                Map.of(
                        schema.field("id").id(), FixedColumn.ofLongs(ids),
                        schema.field("label").id(), new FixedColumn(DataType.INT8, count, labels, Validity.all()),
                        schema.field("pixels").id(), VectorColumn.of(vectors, Pictures.PIXELS)));
    }
}
