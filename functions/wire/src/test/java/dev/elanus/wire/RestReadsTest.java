package dev.elanus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.search.QueryRequest;
import dev.elanus.search.SearchRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Searches and queries as REST says them, and what it refuses in which words. */
class RestReadsTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    @Test
    void aQueryTakesItsLevelFromTheBody() {
        assertThat(query("{'collectionName':'c','filter':'id > 0','consistencyLevel':'Strong'}")
                        .readPoint()
                        .level())
                .isEqualTo(ConsistencyLevel.STRONG);
        assertThat(query("{'collectionName':'c','filter':'id > 0'}").readPoint().level())
                .as("the collection's own")
                .isNull();
    }

    @Test
    void readsRefuseAnUnknownLevelInMilvusWords() {
        assertThatThrownBy(() -> query("{'collectionName':'c','filter':'id > 0','consistencyLevel':'strong'}"))
                .isInstanceOf(Invalid.class)
                .hasMessage("parameter:'strong' is incorrect, please check it: invalid parameter");
        assertThatThrownBy(() -> search("{'collectionName':'c','data':[[1,2]],'consistencyLevel':'Weak'}"))
                .isInstanceOf(Invalid.class)
                .hasMessage("parameter:'Weak' is incorrect, please check it: invalid parameter");
    }

    @Test
    void aSearchWithoutVectorsLacksItsData() {
        for (String body : new String[] {"{'collectionName':'c'}", "{'collectionName':'c','data':[]}"}) {
            assertThatThrownBy(() -> search(body))
                    .isInstanceOfSatisfying(
                            RestFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(WireCode.MEMBER_MISSING))
                    .hasMessageContaining("missing required parameters");
        }
    }

    @Test
    void whatIsNoListIsNamedWithItsKind() {
        for (String body : new String[] {"{'collectionName':'c','data':'x'}", "{'collectionName':'c','ids':7}"}) {
            assertThatThrownBy(() -> search(body))
                    .isInstanceOfSatisfying(
                            RestFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(WireCode.BODY_NOT_JSON))
                    .hasMessageContaining("expected a list, found");
        }
    }

    @Test
    void theOrderComesFromTheBodyAsFromTheParameters() {
        String terms = "'orderByFields':[{'field':'a'},{'field':'b','order':'desc'}]";
        assertThat(search("{'collectionName':'c','data':[[1,2]]," + terms + "}").params())
                .containsEntry("order_by_fields", "a:asc,b:desc");
        assertThat(search("{'collectionName':'c','data':[[1,2]],'searchParams':{'order_by_fields':'a'}}")
                        .params())
                .containsEntry("order_by_fields", "a");
        assertThat(query("{'collectionName':'c','filter':'id > 0'," + terms + "}")
                        .orderBy())
                .isEqualTo("a:asc,b:desc");
    }

    @Test
    void aParameterGivenTwiceIsAmbiguousUnlessBothAgree() {
        assertThatThrownBy(() -> search(
                        "{'collectionName':'c','data':[[1,2]]," + "'searchParams':{'radius':1,'params':{'radius':2}}}"))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("ambiguous parameter: radius, in search_param: 1, in search_param.params: 2");
        search("{'collectionName':'c','data':[[1,2]],'searchParams':{'radius':1,'params':{'radius':1}}}");
    }

    @Test
    void aDeletionNeedsItsFilter() {
        for (String body : new String[] {"{'collectionName':'c'}", "{'collectionName':'c','filter':''}"}) {
            assertThatThrownBy(() -> RestReads.deletion(body(body)))
                    .isInstanceOfSatisfying(
                            RestFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(WireCode.MEMBER_MISSING));
        }
    }

    private static QueryRequest query(String body) {
        return RestReads.query(body(body), new CollectionName("default", "c"), LIMIT);
    }

    private static SearchRequest search(String body) {
        CollectionSchema schema = new CollectionSchema(
                "",
                List.of(Field.scalar(100, "id", DataType.INT64).asPrimaryKey(false), Field.vector(101, "vector", 2)),
                false);
        return RestReads.search(body(body), new CollectionName("default", "c"), schema, LIMIT);
    }

    private static RestBody body(String json) {
        return RestBody.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "Req");
    }
}
