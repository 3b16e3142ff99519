package dev.elanus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.elanus.error.DatabaseException;
import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;
import dev.elanus.schema.CollectionName;
import dev.elanus.search.SearchRequest;
import dev.elanus.search.SearchTarget;
import dev.elanus.vector.QueryVector;
import dev.elanus.vector.SparseQuery;
import io.milvus.grpc.HighlightType;
import io.milvus.grpc.Highlighter;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.PlaceholderGroup;
import io.milvus.grpc.PlaceholderType;
import io.milvus.grpc.PlaceholderValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SearchCodecTest {
    private static final CollectionName NAME = CollectionName.of("c");

    @Test
    void parametersComeFlatOrInsideParams() {
        SearchRequest request =
                decode("topk", "5", "offset", "2", "params", "{\"ef\":\"64\",\"nprobe\":8}", "metric_type", "");
        assertThat(request.topK()).isEqualTo(5);
        assertThat(request.offset()).isEqualTo(2);
        assertThat(request.metric()).isNull();
        assertThat(request.params())
                .containsEntry("ef", "64")
                .containsEntry("nprobe", "8")
                .doesNotContainKey("topk");
        assertThat(request.targets().getFirst())
                .isInstanceOfSatisfying(
                        SearchTarget.Vector.class,
                        target -> assertThat(((QueryVector.Floats) target.vector()).components())
                                .containsExactly(1f, 2f));
        assertThat(decode("topk", "5", "ef", "32", "params", "{}").params()).containsEntry("ef", "32");
    }

    @Test
    void booleansAreReadAsGoReadsThem() {
        assertThat(decode("topk", "1", "ignore_growing", "True").ignoreGrowing())
                .isTrue();
        assertThat(decode("topk", "1", "ignore_growing", "f").ignoreGrowing()).isFalse();
        refused(
                Invalid.class,
                "invalid boolean value, key: 'ignore_growing', value: 'yes'",
                "topk",
                "1",
                "ignore_growing",
                "yes");
    }

    @Test
    void limitsAreMilvusOwn() {
        refused(
                Invalid.class,
                "topk [16385] is invalid, it should be in range [1, 16384], but got 16385",
                "topk",
                "16385");
        refused(Invalid.class, "topk [0] is invalid", "params", "{}");
        refused(Invalid.class, "offset+topk [16385] is invalid", "topk", "16384", "offset", "1");
        refused(
                Invalid.class,
                "round_decimal [7] is invalid, should be -1 or an integer in range [0, 6]",
                "topk",
                "1",
                "round_decimal",
                "7");
        refused(Invalid.class, "invalid integer value, key: 'topk', value: 'ten'", "topk", "ten");
    }

    @Test
    void whatIsNotOfferedIsRefusedByName() {
        var semantic = message("topk", "1").toBuilder()
                .setHighlighter(Highlighter.newBuilder().setType(HighlightType.Semantic))
                .build();
        assertThatThrownBy(() -> SearchCodec.decode(semantic, NAME, Duration.ofSeconds(1)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("semantic highlighting");
    }

    @Test
    void aReadThatSaysWhatOnlyNewerProtocolsKnowIsRefused() {
        var newer = message("topk", "1").toBuilder()
                .setUnknownFields(
                        UnknownFieldSet.newBuilder().mergeVarintField(24, 1).build())
                .build();
        assertThatThrownBy(() -> SearchCodec.decode(newer, NAME, Duration.ofSeconds(1)))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("fields [24] of SearchRequest belong to a later version");
    }

    @Test
    void textsAndVectorsOfEveryTypeAndKeysAreTargets() {
        assertThat(target(PlaceholderType.VarChar, ByteString.copyFromUtf8("größer")))
                .isEqualTo(new SearchTarget.Text("größer"));
        assertThat(((QueryVector.Bits) vector(PlaceholderType.BinaryVector, bytes(1, 255))).bytes())
                .containsExactly(1, -1);
        assertThat(((QueryVector.Floats) vector(PlaceholderType.Int8Vector, bytes(1, 255))).components())
                .containsExactly(1f, -1f);
        assertThat(((QueryVector.Floats) vector(PlaceholderType.Float16Vector, bytes(0, 0x3c))).components())
                .containsExactly(1f);
        assertThat(((QueryVector.Floats) vector(PlaceholderType.BFloat16Vector, bytes(0x80, 0x3f))).components())
                .containsExactly(1f);
        var sparse = (SparseQuery) vector(
                PlaceholderType.SparseFloatVector, bytes(7, 0, 0, 0, 0, 0, 0x80, 0x3f, 9, 0, 0, 0, 0, 0, 0, 0x40));
        assertThat(sparse.terms()).containsExactly(7, 9);
        assertThat(sparse.weights()).containsExactly(1f, 2f);
        var keys = message("topk", "1").toBuilder()
                .setIds(io.milvus.grpc.IDs.newBuilder()
                        .setStrId(io.milvus.grpc.StringArray.newBuilder().addData("a")))
                .build();
        assertThat(SearchCodec.decode(keys, NAME, Duration.ofSeconds(1)).targets())
                .containsExactly(new SearchTarget.Key("a"));
        assertThatThrownBy(() -> target(PlaceholderType.SparseFloatVector, bytes(1, 2, 3)))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("invalid data length in sparse float vector");
    }

    private static QueryVector vector(PlaceholderType type, ByteString value) {
        return ((SearchTarget.Vector) target(type, value)).vector();
    }

    private static SearchTarget target(PlaceholderType type, ByteString value) {
        var message = message("topk", "1").toBuilder()
                .setPlaceholderGroup(group(type, value))
                .build();
        return SearchCodec.decode(message, NAME, Duration.ofSeconds(1))
                .targets()
                .getFirst();
    }

    private static ByteString bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return ByteString.copyFrom(bytes);
    }

    @Test
    void vectorsThatAreNotFiniteAreRefused() {
        var infinite = message("topk", "1").toBuilder()
                .setPlaceholderGroup(group(PlaceholderType.FloatVector, floats(1f, Float.POSITIVE_INFINITY)))
                .build();
        assertThatThrownBy(() -> SearchCodec.decode(infinite, NAME, Duration.ofSeconds(1)))
                .hasMessageContaining("finite");
        var torn = message("topk", "1").toBuilder()
                .setPlaceholderGroup(ByteString.copyFromUtf8("\u0001\u0002"))
                .build();
        assertThatThrownBy(() -> SearchCodec.decode(torn, NAME, Duration.ofSeconds(1)))
                .isInstanceOf(Invalid.class);
    }

    private static void refused(Class<? extends DatabaseException> kind, String text, String... params) {
        assertThatThrownBy(() -> decode(params)).isInstanceOf(kind).hasMessageContaining(text);
    }

    private static SearchRequest decode(String... params) {
        return SearchCodec.decode(message(params), NAME, Duration.ofSeconds(1));
    }

    private static io.milvus.grpc.SearchRequest message(String... params) {
        var message = io.milvus.grpc.SearchRequest.newBuilder()
                .setPlaceholderGroup(group(PlaceholderType.FloatVector, floats(1f, 2f)));
        for (int i = 0; i < params.length; i += 2) {
            message.addSearchParams(KeyValuePair.newBuilder().setKey(params[i]).setValue(params[i + 1]));
        }
        return message.build();
    }

    private static ByteString group(PlaceholderType type, ByteString value) {
        return PlaceholderGroup.newBuilder()
                .addPlaceholders(
                        PlaceholderValue.newBuilder().setTag("$0").setType(type).addValues(value))
                .build()
                .toByteString();
    }

    private static ByteString floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return ByteString.copyFrom(bytes.flip());
    }
}
