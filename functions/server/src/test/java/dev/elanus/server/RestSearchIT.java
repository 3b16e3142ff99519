package dev.elanus.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches over REST by vectors of every type, by texts and by keys, and scores that functions change. */
class RestSearchIT {
    private static ServerProcess server;
    private static Rest rest;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        String store = folder.resolve("store").toString();
        server = ServerProcess.with(folder, "serve", "--store", store, "--recall-share", "1");
        rest = new Rest(server.uri());
    }

    @AfterAll
    static void stop() {
        rest.close();
        server.close();
    }

    private static void refused(int code, String text, String path, String body) throws Exception {
        JsonNode answer = rest.post(path, body);
        assertThat(answer.path("code").intValue()).as(answer.toString()).isEqualTo(code);
        assertThat(answer.path("message").textValue()).contains(text);
    }

    private static void create(String name, String type, String dim, String index) throws Exception {
        rest.data(
                "collections/create",
                "{'collectionName':'" + name + "','schema':{'fields':["
                        + "{'fieldName':'id','dataType':'Int64','isPrimary':true},"
                        + "{'fieldName':'v','dataType':'" + type + "','elementTypeParams':{" + dim + "}}]},"
                        + "'indexParams':[{'fieldName':'v'," + index + "}]}");
    }

    private static String nearest(String name, String query) throws Exception {
        StringBuilder found = new StringBuilder();
        rest.data(
                        "entities/search",
                        "{'collectionName':'" + name + "','data':[" + query
                                + "],'limit':9,'consistencyLevel':'Strong'}")
                .forEach(hit -> found.append(hit.path("id"))
                        .append(':')
                        .append(hit.path("distance"))
                        .append(' '));
        return found.toString().strip();
    }

    @Test
    void bitsBytesHalvesAndPairsAreSearched() throws Exception {
        create("bits", "BinaryVector", "'dim':16", "'metricType':'JACCARD','indexType':'BIN_FLAT'");
        rest.data("entities/insert", "{'collectionName':'bits','data':[{'id':1,'v':[3,0]},{'id':2,'v':[7,1]}]}");
        assertThat(nearest("bits", "[3,0]")).isEqualTo("1:0.0 2:0.5");
        assertThat(nearest("bits", "'AwA='")).isEqualTo("1:0.0 2:0.5");
        create("bytes", "Int8Vector", "'dim':2", "'metricType':'L2','indexType':'HNSW','params':{'M':8}");
        rest.data("entities/insert", "{'collectionName':'bytes','data':[{'id':1,'v':[-3,0]},{'id':2,'v':[7,1]}]}");
        assertThat(nearest("bytes", "[-2,0]")).isEqualTo("1:1.0 2:82.0");
        create("halves", "Float16Vector", "'dim':2", "'metricType':'IP','indexType':'FLAT'");
        rest.data("entities/insert", "{'collectionName':'halves','data':[{'id':1,'v':[0.5,0]},{'id':2,'v':[2,1]}]}");
        assertThat(nearest("halves", "[1,1]")).isEqualTo("2:3.0 1:0.5");
        create("pairs", "SparseFloatVector", "", "'metricType':'IP','indexType':'SPARSE_WAND'");
        rest.data(
                "entities/insert",
                "{'collectionName':'pairs','data':[{'id':1,'v':{'5':0.5}},{'id':2,'v':{'5':1,'9':2}},{'id':3,'v':{'7':1}}]}");
        assertThat(nearest("pairs", "{'5':2,'9':1}")).isEqualTo("2:4.0 1:1.0");
        refused(
                1801,
                "data: expected a list of vectors of type BinaryVector",
                "entities/search",
                "{'collectionName':'bits','data':[[0.5]]}");
        refused(1100, "vector dimension mismatch", "entities/search", "{'collectionName':'bits','data':[[1]]}");
    }

    @Test
    void textsAreFoundByTheirWordsAndRowsByTheirKeys() throws Exception {
        rest.data(
                "collections/create",
                "{'collectionName':'texts','schema':{'fields':["
                        + "{'fieldName':'id','dataType':'Int64','isPrimary':true},"
                        + "{'fieldName':'text','dataType':'VarChar','elementTypeParams':{'max_length':100,'enable_analyzer':true}},"
                        + "{'fieldName':'terms','dataType':'SparseFloatVector'},"
                        + "{'fieldName':'v','dataType':'FloatVector','elementTypeParams':{'dim':2}}],"
                        + "'functions':[{'name':'f','type':'BM25','inputFieldNames':['text'],'outputFieldNames':['terms']}]},"
                        + "'indexParams':[{'fieldName':'terms','metricType':'BM25','indexType':'SPARSE_INVERTED_INDEX'},"
                        + "{'fieldName':'v','metricType':'L2','indexType':'FLAT'}]}");
        JsonNode described = rest.data("collections/describe", "{'collectionName':'texts'}");
        assertThat(described.at("/functions/0/type").textValue()).isEqualTo("BM25");
        rest.data(
                "entities/insert",
                "{'collectionName':'texts','data':[{'id':1,'text':'red fox','v':[0,0]},"
                        + "{'id':2,'text':'a fox of red and red','v':[1,0]},{'id':3,'text':'snow','v':[2,0]}]}");
        String terms =
                "{'collectionName':'texts','annsField':'terms','consistencyLevel':'Strong','outputFields':['text'],";
        JsonNode found = rest.data("entities/search", terms + "'data':['snow fox']}");
        assertThat(found).hasSize(3);
        assertThat(found.at("/0/text").textValue()).isEqualTo("snow");
        assertThat(rest.data("entities/search", terms + "'ids':[3]}")).hasSize(1);
        String near = "{'collectionName':'texts','annsField':'v','limit':3,'outputFields':['id'],";
        assertThat(rest.data("entities/search", near + "'ids':[2]}").at("/0/id").intValue())
                .isEqualTo(2);
        refused(
                1100,
                "some of the provided primary key IDs do not exist: missing IDs = [7]",
                "entities/search",
                near + "'ids':[7]}");
        String boost = "'functionScore':{'functions':[{'name':'b','type':'Rerank','params':"
                + "{'reranker':'boost','weight':0.1,'filter':'id == 3'}}],'params':{'boost_mode':'Multiply'}}";
        JsonNode boosted = rest.data("entities/search", near + "'data':[[0,0]]," + boost + "}");
        assertThat(boosted.at("/1/id").intValue()).isEqualTo(3);
        assertThat(boosted.at("/1/distance").floatValue()).isEqualTo(0.4f);
        JsonNode decayed = rest.data(
                "entities/hybrid_search",
                "{'collectionName':'texts','limit':3,'search':[{'data':['fox'],'annsField':'terms','limit':3},"
                        + "{'data':[[0,0]],'annsField':'v','limit':3}],'functionScore':{'functions':[{'name':'d',"
                        + "'type':'Rerank','inputFieldNames':['id'],'params':{'reranker':'decay','function':'linear',"
                        + "'origin':3,'scale':1,'decay':0.5}}]}}");
        assertThat(decayed).hasSize(3);
        refused(
                10,
                "reranker model is not supported",
                "entities/search",
                near + "'data':[[0,0]],'functionScore':{'functions':[{'name':'m','params':{'reranker':'model'}}]}}");
    }

    @Test
    void timesAreShownAndRowsOrderedAsTheRequestSays() throws Exception {
        rest.data(
                "collections/create",
                "{'collectionName':'times','schema':{'fields':["
                        + "{'fieldName':'id','dataType':'Int64','isPrimary':true},"
                        + "{'fieldName':'at','dataType':'Timestamptz'},"
                        + "{'fieldName':'v','dataType':'FloatVector','elementTypeParams':{'dim':2}}]},"
                        + "'indexParams':[{'fieldName':'v','metricType':'L2','indexType':'FLAT'}]}");
        rest.data(
                "entities/insert",
                "{'collectionName':'times','data':[{'id':1,'v':[0,0],'at':'2025-01-01T20:00:00Z'},"
                        + "{'id':2,'v':[1,0],'at':'2025-01-02T00:00:00Z'}]}");
        String shape = "'collectionName':'times','consistencyLevel':'Strong','outputFields':['at'],"
                + "'timezone':'Asia/Shanghai','orderByFields':[{'field':'at','order':'desc'}]";
        for (String path : new String[] {"search", "query", "hybrid_search"}) {
            String what = path.equals("query")
                    ? "'filter':'at >= ISO \\'2025-01-02 04:00:00\\''"
                    : path.equals("search")
                            ? "'data':[[0,0]],'annsField':'v'"
                            : "'search':[{'data':[[0,0]],'annsField':'v'}]";
            JsonNode texts = rest.data("entities/" + path, "{" + shape + "," + what + "}");
            assertThat(texts.findValuesAsText("at"))
                    .as(path)
                    .containsExactly("2025-01-02T08:00:00+08:00", "2025-01-02T04:00:00+08:00");
            JsonNode parts = rest.data("entities/" + path, "{" + shape + ",'timeFields':['day','hour']," + what + "}");
            assertThat(parts.at("/0/at").toString()).as(path).isEqualTo("[2,8]");
        }
        refused(1801, "data: expected a list, found", "entities/search", "{'collectionName':'times','data':'x'}");
        refused(1801, "data: expected objects, found", "entities/insert", "{'collectionName':'times','data':'x'}");
    }

    @Test
    void searchesThatAreRepeatedExactlyAreCounted() throws Exception {
        create("measured", "FloatVector", "'dim':2", "'metricType':'L2','indexType':'IVF_FLAT'");
        String rows = IntStream.range(0, 5_000)
                .mapToObj(row -> "{'id':" + row + ",'v':[" + row % 71 + "," + row % 73 + "]}")
                .collect(Collectors.joining(","));
        rest.data("entities/insert", "{'collectionName':'measured','data':[" + rows + "]}");
        rest.data("collections/flush", "{'collectionName':'measured'}");
        String labels = "collection_name=\"measured\",db_name=\"default\",index_name=\"v\"";
        // The index is built behind the flush; only then is there something to measure.
        for (long end = System.nanoTime() + 60_000_000_000L; System.nanoTime() < end; ) {
            nearest("measured", "[3.5,4.5]");
            String metrics = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(server.managementUri() + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            if (metrics.contains("elanus_recall_wanted{" + labels + "} 9.0")) {
                JsonNode explained = rest.post(
                        "entities/search",
                        "{'collectionName':'measured','data':[[3,4]],'limit':2,'filter':'id < 4900',"
                                + "'searchParams':{'explain':true,'nprobe':4}}");
                assertThat(explained.path("explanation").toString())
                        .containsPattern("segment \\d+: IVF_FLAT searched for the 2 nearest of 4,900 of 5,000 rows");
                explained = rest.post(
                        "entities/search",
                        "{'collectionName':'measured','data':[[3,4]],'limit':2,'filter':'id < 9',"
                                + "'searchParams':{'explain':true}}");
                assertThat(explained.path("explanation").toString())
                        .contains("9 of 5,000 rows: compared one by one: so few are left");
                assertThat(metrics).containsPattern("elanus_recall_found\\{" + labels + "} [5-9]\\.0");
                return;
            }
        }
        throw new AssertionError("nothing was measured");
    }
}
