package dev.elanus.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.elanus.server.ServerProcess;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.common.DataType;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.service.collection.request.AddFieldReq;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.DescribeCollectionReq;
import io.milvus.v2.service.collection.request.DropCollectionReq;
import io.milvus.v2.service.collection.request.GetCollectionStatsReq;
import io.milvus.v2.service.collection.request.GetLoadStateReq;
import io.milvus.v2.service.collection.request.HasCollectionReq;
import io.milvus.v2.service.index.request.DescribeIndexReq;
import io.milvus.v2.service.utility.request.FlushReq;
import io.milvus.v2.service.vector.request.DeleteReq;
import io.milvus.v2.service.vector.request.GetReq;
import io.milvus.v2.service.vector.request.InsertReq;
import io.milvus.v2.service.vector.request.QueryReq;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.UpsertReq;
import io.milvus.v2.service.vector.request.data.FloatVec;
import io.milvus.v2.service.vector.response.GetResp;
import io.milvus.v2.service.vector.response.QueryResp;
import io.milvus.v2.service.vector.response.SearchResp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Milvus's own Java client, unmodified, against the packaged server, with a crash in between. */
class JavaSdkIT {
    @Test
    void answersAreRightAndTheSameAfterACrash(@TempDir Path folder) throws Exception {
        try (ServerProcess server = ServerProcess.serve(folder)) {
            List<Object> before;
            MilvusClientV2 client = connect(server);
            try {
                quick(client);
                schema(client);
                mistakes(client);
                before = ids(search(client, "label == 1"));
            } finally {
                client.close();
            }
            server.killAndRestart();
            MilvusClientV2 again = connect(server);
            try {
                assertThat(ids(search(again, "label == 1"))).isEqualTo(before);
                assertThat(count(again, "schema")).isEqualTo(99);
                assertThat(count(again, "quick")).isEqualTo(2);
            } finally {
                again.close();
            }
        }
    }

    private static MilvusClientV2 connect(ServerProcess server) {
        return new MilvusClientV2(ConnectConfig.builder().uri(server.uri()).build());
    }

    private static void quick(MilvusClientV2 client) {
        client.createCollection(CreateCollectionReq.builder()
                .collectionName("quick")
                .dimension(2)
                .metricType("L2")
                .build());
        assertThat(client.hasCollection(
                        HasCollectionReq.builder().collectionName("quick").build()))
                .isTrue();
        // Searched right away: loading is not waited for.
        assertThat(search(client, "quick", List.of(0f, 0f), "")).isEmpty();
        client.insert(InsertReq.builder()
                .collectionName("quick")
                .data(List.of(row(1, 0, 0, "red"), row(2, 1, 0, "blue"), row(3, 5, 5, "red")))
                .build());
        assertThat(ids(search(client, "quick", List.of(0f, 0f), "color == \"red\"")))
                .containsExactly(1L, 3L);
        client.upsert(UpsertReq.builder()
                .collectionName("quick")
                .data(List.of(row(3, 9, 9, "green")))
                .build());
        assertThat(client.delete(DeleteReq.builder()
                                .collectionName("quick")
                                .ids(List.of(1L))
                                .build())
                        .getDeleteCnt())
                .isEqualTo(1);
        GetResp found = client.get(GetReq.builder()
                .collectionName("quick")
                .ids(List.of(3L))
                .outputFields(List.of("color"))
                .build());
        assertThat(found.getGetResults().getFirst().getEntity())
                .containsEntry("id", 3L)
                .containsEntry("color", "green");
    }

    private static void schema(MilvusClientV2 client) {
        CreateCollectionReq.CollectionSchema schema =
                CreateCollectionReq.CollectionSchema.builder().build();
        schema.addField(AddFieldReq.builder()
                .fieldName("id")
                .dataType(DataType.Int64)
                .isPrimaryKey(true)
                .build());
        schema.addField(AddFieldReq.builder()
                .fieldName("label")
                .dataType(DataType.Int8)
                .isNullable(true)
                .build());
        schema.addField(AddFieldReq.builder()
                .fieldName("v")
                .dataType(DataType.FloatVector)
                .dimension(2)
                .build());
        client.createCollection(CreateCollectionReq.builder()
                .collectionName("schema")
                .collectionSchema(schema)
                .consistencyLevel(ConsistencyLevel.STRONG)
                .indexParams(List.of(IndexParam.builder()
                        .fieldName("v")
                        .indexType(IndexParam.IndexType.HNSW)
                        .metricType(IndexParam.MetricType.COSINE)
                        .extraParams(Map.of("M", 16, "efConstruction", 100))
                        .build()))
                .build());
        List<JsonObject> rows = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            JsonObject row = new JsonObject();
            row.addProperty("id", i);
            row.addProperty("label", i % 10 == 9 ? null : i % 10);
            row.add("v", vector(i + 1, 1));
            rows.add(row);
        }
        client.insert(InsertReq.builder().collectionName("schema").data(rows).build());
        client.flush(FlushReq.builder().collectionNames(List.of("schema")).build());
        client.delete(
                DeleteReq.builder().collectionName("schema").filter("id == 0").build());
        assertThat(count(client, "schema")).isEqualTo(99);
        assertThat(client.getCollectionStats(GetCollectionStatsReq.builder()
                                .collectionName("schema")
                                .build())
                        .getNumOfEntities())
                .isEqualTo(99);
        assertThat(client.getLoadState(
                        GetLoadStateReq.builder().collectionName("schema").build()))
                .isTrue();
        var described = client.describeCollection(
                DescribeCollectionReq.builder().collectionName("schema").build());
        assertThat(described.getFieldNames()).containsExactly("id", "label", "v");
        assertThat(described.getPrimaryFieldName()).isEqualTo("id");
        var index = client.describeIndex(DescribeIndexReq.builder()
                .collectionName("schema")
                .fieldName("v")
                .build());
        assertThat(index.getIndexDescriptions().getFirst().getMetricType()).isEqualTo(IndexParam.MetricType.COSINE);
        assertThat(index.getIndexDescriptions().getFirst().getExtraParams())
                .isEqualTo(Map.of("M", "16", "efConstruction", "100"));
        List<SearchResp.SearchResult> hits = search(client, "label == 1");
        assertThat(hits)
                .hasSize(10)
                .allSatisfy(hit -> assertThat(hit.getEntity()).containsEntry("label", 1));
        QueryResp nulls = client.query(QueryReq.builder()
                .collectionName("schema")
                .filter("label is null")
                .outputFields(List.of("id"))
                .build());
        assertThat(nulls.getQueryResults()).hasSize(10);
    }

    private static void mistakes(MilvusClientV2 client) {
        assertThatThrownBy(() -> search(client, "nope", List.of(0f, 0f), ""))
                .hasMessageContaining("collection not found");
        assertThatThrownBy(() -> search(client, "schema", List.of(0f, 0f, 0f), ""))
                .hasMessageContaining("vector dimension mismatch");
        assertThatThrownBy(() -> search(client, "label =")).hasMessageContaining("cannot parse expression");
        client.dropCollection(DropCollectionReq.builder().collectionName("nope").build());
    }

    private static List<SearchResp.SearchResult> search(MilvusClientV2 client, String filter) {
        return search(client, "schema", List.of(1f, 0f), filter);
    }

    private static List<SearchResp.SearchResult> search(
            MilvusClientV2 client, String collection, List<Float> vector, String filter) {
        return client.search(SearchReq.builder()
                        .collectionName(collection)
                        .data(List.of(new FloatVec(vector)))
                        .limit(10)
                        .filter(filter)
                        .outputFields(List.of(collection.equals("schema") ? "label" : "color"))
                        .searchParams(Map.of("ef", 64))
                        .build())
                .getSearchResults()
                .getFirst();
    }

    private static List<Object> ids(List<SearchResp.SearchResult> hits) {
        return hits.stream().map(SearchResp.SearchResult::getId).toList();
    }

    private static long count(MilvusClientV2 client, String collection) {
        return (long) client.query(QueryReq.builder()
                        .collectionName(collection)
                        .filter("")
                        .outputFields(List.of("count(*)"))
                        .consistencyLevel(ConsistencyLevel.STRONG)
                        .build())
                .getQueryResults()
                .getFirst()
                .getEntity()
                .get("count(*)");
    }

    private static JsonObject row(long id, float x, float y, String color) {
        JsonObject row = new JsonObject();
        row.addProperty("id", id);
        row.add("vector", vector(x, y));
        row.addProperty("color", color);
        return row;
    }

    private static com.google.gson.JsonArray vector(float x, float y) {
        com.google.gson.JsonArray vector = new com.google.gson.JsonArray();
        vector.add(x);
        vector.add(y);
        return vector;
    }
}
