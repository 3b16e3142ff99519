package dev.elanus.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.engine.IndexDescription;
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

    private static IndexDescription index(long total, long indexed) {
        return new IndexDescription(
                1, "vector", "vector", Map.of("index_type", "HNSW"), total, indexed, OptionalDouble.empty());
    }
}
