package dev.elanus.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.engine.IndexDescription;
import dev.elanus.schema.CollectionName;
import io.milvus.grpc.CreateIndexRequest;
import io.milvus.grpc.IndexState;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class IndexCodecTest {
    @Test
    void anIndexIsFinishedWhenItCoversAllSealedRows() {
        assertThat(IndexCodec.encode(index(10_000, 10_000)).getState()).isEqualTo(IndexState.Finished);
        assertThat(IndexCodec.encode(index(0, 0)).getState()).isEqualTo(IndexState.Finished);
        assertThat(IndexCodec.encode(index(10_000, 6_000)).getState()).isEqualTo(IndexState.InProgress);
        assertThat(RestDescriptions.index(index(10_000, 6_000))
                        .get("indexState")
                        .textValue())
                .isEqualTo("InProgress");
    }

    @Test
    void paramsInJsonAreLeftAsTheyWereGiven() {
        CreateIndexRequest request = CreateIndexRequest.newBuilder()
                .setFieldName("vector")
                .addAllExtraParams(Parameters.pairs(Map.of("index_type", "HNSW", "params", "{\"M\": 8}", "empty", "")))
                .build();
        assertThat(IndexCodec.decode(request, CollectionName.of("c")).params())
                .isEqualTo(Map.of("index_type", "HNSW", "params", "{\"M\": 8}"));
    }

    private static IndexDescription index(long total, long indexed) {
        return new IndexDescription(
                1, "vector", "vector", Map.of("index_type", "HNSW"), total, indexed, OptionalDouble.empty());
    }
}
