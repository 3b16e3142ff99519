package dev.elanus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionName;
import dev.elanus.search.QueryRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryCodecTest {
    private static QueryRequest decode(Map<String, String> params) {
        return QueryCodec.decode(
                io.milvus.grpc.QueryRequest.newBuilder()
                        .addAllQueryParams(Parameters.pairs(params))
                        .build(),
                CollectionName.of("c"),
                Duration.ofSeconds(1));
    }

    @Test
    void anOffsetCountsOnlyBesideALimit() {
        QueryRequest both = decode(Map.of("limit", "3", "offset", "2"));
        assertThat(both.limit()).isEqualTo(3);
        assertThat(both.offset()).isEqualTo(2);
        QueryRequest alone = decode(Map.of("offset", "2"));
        assertThat(alone.limit()).isEqualTo(-1);
        assertThat(alone.offset()).isZero();
    }

    @Test
    void aLimitBelowOneIsRefusedEvenIfItMeansNoneToUs() {
        assertThatThrownBy(() -> decode(Map.of("limit", "-1")))
                .isInstanceOf(Invalid.class)
                .hasMessage("invalid max query result window, limit [-1] is invalid, should be greater than 0");
    }
}
