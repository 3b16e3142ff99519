package dev.elanus.engine;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.VectorColumn;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.search.FilterText;
import dev.elanus.search.QueryRequest;
import dev.elanus.search.QueryResult;
import dev.elanus.search.ReadPoint;
import dev.elanus.search.SearchRequest;
import dev.elanus.search.SearchResult;
import dev.elanus.search.SearchTarget;
import dev.elanus.storage.ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Databases over a store, and a collection of keys, labels and vectors in them. */
final class DatabaseFixture {
    static final CollectionName NAME = CollectionName.of("things");
    static final int DIMENSION = 8;
    static final int KEY = 100;
    static final int VECTOR = 101;
    static final int LABEL = 102;

    private DatabaseFixture() {}

    static ElanusDatabase open(ObjectStore store, MachineHost host, Path folder) {
        return ElanusDatabase.open(store, host, EngineSettings.defaults(folder).withMaintenance(false));
    }

    static CollectionSchema schema(boolean autoId) {
        return new CollectionSchema(
                "",
                List.of(
                        Field.scalar(0, "id", DataType.INT64).asPrimaryKey(autoId),
                        Field.vector(0, "vector", DIMENSION),
                        Field.varchar(0, "label", 100).asNullable()),
                false);
    }

    static void create(Database database, boolean autoId, String indexType) {
        database.createCollection(new NewCollection(NAME, schema(autoId), ConsistencyLevel.BOUNDED, 1, Map.of()));
        database.createIndex(new NewIndex(NAME, "vector", "", Map.of("index_type", indexType, "metric_type", "L2")));
        database.load(NAME);
    }

    /** A vector that belongs to a key alone. */
    static float[] vectorOf(long key) {
        SplittableRandom random = new SplittableRandom(key);
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextDouble();
        }
        return vector;
    }

    static Columns rows(LongStream keys) {
        long[] all = keys.toArray();
        Map<Integer, Column> columns = new LinkedHashMap<>(valuesOf(all).byFieldId());
        columns.put(KEY, FixedColumn.ofLongs(all));
        return new Columns(all.length, columns);
    }

    /** Rows without their keys. */
    static Columns valuesOf(long... keys) {
        float[][] vectors = new float[keys.length][];
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < keys.length; i++) {
            vectors[i] = vectorOf(keys[i]);
            labels.add("label " + keys[i] % 10);
        }
        return new Columns(
                keys.length,
                Map.of(VECTOR, VectorColumn.of(vectors, DIMENSION), LABEL, BytesColumn.of(DataType.VARCHAR, labels)));
    }

    static WriteResult insert(Database database, long from, long to) {
        return database.insert(NAME, "", rows(LongStream.range(from, to)), 0);
    }

    static SearchResult search(Database database, float[] vector, int topK, String filter, ConsistencyLevel level) {
        return database.search(request(List.of(vector), topK, filter, List.of("label"), new ReadPoint(level, 0)));
    }

    static SearchRequest request(List<float[]> vectors, int topK, String filter, List<String> output) {
        return request(vectors, topK, filter, output, new ReadPoint(ConsistencyLevel.BOUNDED, 0));
    }

    static SearchRequest request(List<float[]> vectors, int topK, String filter, List<String> output, ReadPoint point) {
        return new SearchRequest(
                NAME,
                List.of(),
                null,
                SearchTarget.of(vectors),
                topK,
                0,
                FilterText.of(filter),
                output,
                null,
                Map.of(),
                -1,
                false,
                point,
                Duration.ofMinutes(1));
    }

    static List<Long> keysOf(SearchResult result) {
        FixedColumn keys = (FixedColumn) result.keys();
        List<Long> list = new ArrayList<>();
        for (int row = 0; row < keys.rowCount(); row++) {
            list.add(keys.longAt(row));
        }
        return list;
    }

    static QueryResult query(Database database, String filter, List<String> output, long limit) {
        return database.query(new QueryRequest(
                NAME,
                List.of(),
                FilterText.of(filter),
                output,
                limit,
                0,
                new ReadPoint(ConsistencyLevel.STRONG, 0),
                Duration.ofMinutes(1)));
    }
}
