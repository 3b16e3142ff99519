package dev.elanus.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts and filters on texts over REST. */
class RestAnalyzerIT {
    private static ServerProcess server;
    private static Rest rest;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = ServerProcess.serve(folder);
        rest = new Rest(server.uri());
    }

    @AfterAll
    static void stop() {
        rest.close();
        server.close();
    }

    @Test
    void anAnalyzerShowsItsTokens() throws Exception {
        JsonNode data = rest.data(
                "common/run_analyzer",
                "{'text':['The Foxes',''],"
                        + "'analyzerParams':'{\\'type\\':\\'english\\'}','withDetail':true,'withHash':true}"
                                .replace("\\'", "\\\""));
        assertThat(data.at("/results/0/tokens").size()).isEqualTo(1);
        JsonNode token = data.at("/results/0/tokens/0");
        assertThat(token.path("token").textValue()).isEqualTo("fox");
        assertThat(token.path("startOffset").intValue()).isEqualTo(4);
        assertThat(token.path("position").intValue()).isEqualTo(1);
        assertThat(token.path("hash").longValue()).isPositive();
        assertThat(data.at("/results/1/tokens")).isEmpty();
        JsonNode wrong = rest.post("common/run_analyzer", "{'text':['a'],'analyzerParams':{'type':'klingon'}}");
        assertThat(wrong.path("code").intValue()).isEqualTo(1100);
        assertThat(wrong.path("message").textValue()).contains("unknown build-in analyzer type: klingon");
    }

    @Test
    void textsMatchAndJsonContains() throws Exception {
        rest.data(
                "collections/create",
                "{'collectionName':'texts','schema':{'enableDynamicField':true,'fields':["
                        + "{'fieldName':'id','dataType':'Int64','isPrimary':true},"
                        + "{'fieldName':'v','dataType':'FloatVector','elementTypeParams':{'dim':2}},"
                        + "{'fieldName':'t','dataType':'VarChar','elementTypeParams':{'max_length':100,"
                        + "'enable_analyzer':true,'enable_match':true}}]},"
                        + "'indexParams':[{'fieldName':'v','metricType':'L2','indexType':'FLAT'}]}");
        rest.data(
                "entities/insert",
                "{'collectionName':'texts','data':[{'id':1,'v':[0,0],'t':'red fox','tags':[1,2]},"
                        + "{'id':2,'v':[1,1],'t':'Blue bird','tags':[2,3]},{'id':3,'v':[2,2],'t':'fox, red'}]}");
        assertThat(ids("text_match(t, 'RED')")).isEqualTo("[1, 3]");
        assertThat(ids("phrase_match(t, 'red fox')")).isEqualTo("[1]");
        assertThat(ids("json_contains(tags, 2) and array_length(tags) == 2")).isEqualTo("[1, 2]");
        assertThat(ids("array_contains_all(tags, [2, 3])")).isEqualTo("[2]");
        assertThat(rest.data("common/run_analyzer", "{'text':'Red','collectionName':'texts','fieldName':'t'}")
                        .at("/results/0/tokens/0/token")
                        .textValue())
                .isEqualTo("red");
    }

    @Test
    void aFieldWhoseAnalyzerIsWrongIsNotCreated() throws Exception {
        String fields = "{'collectionName':'wrong','schema':{'fields':["
                + "{'fieldName':'id','dataType':'Int64','isPrimary':true},"
                + "{'fieldName':'v','dataType':'FloatVector','elementTypeParams':{'dim':2}},"
                + "{'fieldName':'t','dataType':'VarChar','elementTypeParams':{'max_length':100,%s}}]}}";
        JsonNode unknown = rest.post(
                "collections/create", fields.formatted("'enable_analyzer':true,'analyzer_params':{'type':'klingon'}"));
        assertThat(unknown.path("message").textValue())
                .isEqualTo("field t: unknown build-in analyzer type: klingon: invalid parameter");
        JsonNode unanalyzed = rest.post("collections/create", fields.formatted("'enable_match':true"));
        assertThat(unanalyzed.path("message").textValue()).contains("must also enable_analyzer");
    }

    @Test
    void aRowNamesTheAnalyzerOfItsText() throws Exception {
        rest.data(
                "collections/create",
                "{'collectionName':'languages','schema':{'fields':["
                        + "{'fieldName':'id','dataType':'Int64','isPrimary':true},"
                        + "{'fieldName':'language','dataType':'VarChar','elementTypeParams':{'max_length':20}},"
                        + "{'fieldName':'t','dataType':'VarChar','elementTypeParams':{'max_length':100,"
                        + "'enable_analyzer':true,'multi_analyzer_params':{'by_field':'language','analyzers':{"
                        + "'English':{'type':'english'},'Japanese':{'tokenizer':{'type':'lindera','dict_kind':'ipadic'}},"
                        + "'default':{'tokenizer':'icu'}},'alias':{'en':'English'}}}},"
                        + "{'fieldName':'s','dataType':'SparseFloatVector'}],"
                        + "'functions':[{'name':'f','type':'BM25','inputFieldNames':['t'],'outputFieldNames':['s']}]},"
                        + "'indexParams':[{'fieldName':'s','metricType':'BM25','indexType':'AUTOINDEX'}]}");
        rest.data(
                "entities/insert",
                "{'collectionName':'languages','data':["
                        + "{'id':1,'language':'en','t':'The Lord of the Rings'},{'id':2,'language':'Japanese','t':'千と千尋の神隠し'},"
                        + "{'id':3,'language':'Klingon','t':'The Rings'}]}");
        assertThat(found("Ring", "English")).isEqualTo("[1]");
        assertThat(found("神隠し", "Japanese")).isEqualTo("[2]");
        assertThat(found("Rings", "")).isEqualTo("[3]");
        JsonNode shown = rest.data(
                "common/run_analyzer",
                "{'text':['Rings','神隠し'],'collectionName':'languages','fieldName':'t','analyzerNames':['en','Japanese']}");
        assertThat(shown.findValuesAsText("token")).containsExactly("ring", "神隠し");
        JsonNode unnamed =
                rest.post("common/run_analyzer", "{'text':['Rings'],'collectionName':'languages','fieldName':'t'}");
        assertThat(unnamed.path("message").textValue()).contains("analyzer names must be set for multi analyzer");
        JsonNode both = rest.post(
                "common/run_analyzer",
                "{'text':['Rings'],'collectionName':'languages','fieldName':'t','analyzerParams':{'type':'english'}}");
        assertThat(both.path("message").textValue())
                .contains("run analyzer can't use analyzer params and (collection,field) in same time");
        JsonNode tooMany = rest.post(
                "common/run_analyzer",
                "{'text':['Rings'],'collectionName':'languages','fieldName':'t','analyzerNames':['en','en']}");
        assertThat(tooMany.path("message").textValue()).contains("analyzer name num: 2, text num: 1");
    }

    private static String found(String text, String analyzer) throws Exception {
        JsonNode rows = rest.data(
                "entities/search",
                "{'collectionName':'languages','data':['" + text + "'],'annsField':'s','limit':5,'outputFields':['id'],"
                        + "'consistencyLevel':'Strong','searchParams':{'analyzer_name':'" + analyzer + "'}}");
        return rows.findValuesAsText("id").toString();
    }

    private static String ids(String filter) throws Exception {
        JsonNode rows = rest.data(
                "entities/query",
                "{'collectionName':'texts','outputFields':['id'],'consistencyLevel':'Strong','filter':'"
                        + filter.replace("'", "\\'").replace("\\'", "\\\"") + "'}");
        return rows.findValuesAsText("id").toString();
    }
}
