package dev.elanus.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partial updates, generated keys, times and shapes over REST. */
class RestWritesIT {
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

    private static void refused(String text, String path, String body) throws Exception {
        JsonNode answer = rest.post(path, body);
        assertThat(answer.path("code").intValue()).as(answer.toString()).isNotZero();
        assertThat(answer.path("message").textValue()).contains(text);
    }

    private static void create(String name, String key, String fields, String more) throws Exception {
        rest.data(
                "collections/create",
                "{'collectionName':'" + name + "','schema':{'fields':[" + key
                        + ",{'fieldName':'v','dataType':'FloatVector','elementTypeParams':{'dim':2}}" + fields + "]"
                        + more
                        + "},'indexParams':[{'fieldName':'v','indexName':'v','metricType':'L2','indexType':'FLAT'}]"
                        + ",'params':{'consistencyLevel':'Strong'}}");
    }

    private static JsonNode row(String collection, String filter) throws Exception {
        JsonNode rows = rest.data(
                "entities/query",
                "{'collectionName':'" + collection + "','filter':'" + filter + "','consistencyLevel':'Strong'}");
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    @Test
    void aPartialUpdateKeepsWhatItDoesNotGive() throws Exception {
        String key = "{'fieldName':'id','dataType':'Int64','isPrimary':true}";
        String tags = ",{'fieldName':'tags','dataType':'Array','elementDataType':'Int64','nullable':true,"
                + "'elementTypeParams':{'max_capacity':4}}";
        create("part", key, ",{'fieldName':'n','dataType':'Int64'}" + tags, ",'enableDynamicField':true");
        String c = "{'collectionName':'part',";
        rest.data(
                "entities/insert",
                c + "'data':[{'id':1,'v':[0,0],'n':1,'tags':[1],'x':'a','y':1},{'id':2,'v':[0,0],'n':2}]}");
        JsonNode answer = rest.data(
                "entities/upsert", c + "'partialUpdate':true,'data':[{'id':1,'n':10,'y':2},{'id':2,'n':20}]}");
        assertThat(answer.path("upsertCount").intValue()).isEqualTo(2);
        assertThat(answer.path("upsertIds").toString()).isEqualTo("[1,2]");
        assertThat(row("part", "id == 1").path("n").longValue()).isEqualTo(10);
        assertThat(row("part", "x == \\\"a\\\" and y == 2").path("id").longValue())
                .isEqualTo(1);
        rest.data(
                "entities/upsert",
                c + "'fieldOps':[{'fieldName':'tags','op':'ARRAY_APPEND'}],'data':{'id':1,'tags':[2,3]}}");
        assertThat(row("part", "array_length(tags) == 3 and tags[2] == 3")
                        .path("id")
                        .longValue())
                .isEqualTo(1);
        refused(
                "expected it in all rows of a partial update or in none",
                "entities/upsert",
                c + "'partialUpdate':true,'data':[{'id':1,'n':1},{'id':2,'v':[1,1]}]}");
        refused(
                "fieldSchema(v) has no corresponding fieldData pass in",
                "entities/upsert",
                c + "'partialUpdate':true,'data':[{'id':9,'n':1}]}");
        refused(
                "op ARRAY_REMOVE requires Array field, but field \"n\" is Int64",
                "entities/upsert",
                c + "'fieldOps':[{'fieldName':'n','op':'ARRAY_REMOVE'}],'data':[{'id':1,'n':1}]}");
        refused(
                "expected=REPLACE, ARRAY_APPEND or ARRAY_REMOVE",
                "entities/upsert",
                c + "'fieldOps':[{'fieldName':'n','op':'ADD'}],'data':[{'id':1,'n':1}]}");
    }

    @Test
    void generatedTextKeysComeBackAndFindTheirRows() throws Exception {
        String key = "{'fieldName':'id','dataType':'VarChar','isPrimary':true,'elementTypeParams':{'max_length':40}}";
        create("auto", key, "", ",'autoId':true");
        JsonNode ids = rest.data("entities/insert", "{'collectionName':'auto','data':[{'v':[0,0]},{'v':[1,1]}]}")
                .path("insertIds");
        assertThat(ids).hasSize(2);
        assertThat(ids.get(0).isTextual()).isTrue();
        assertThat(rest.data(
                        "entities/get",
                        "{'collectionName':'auto','id':" + ids.toString().replace('"', '\'') + "}"))
                .hasSize(2);
        refused(
                "no need to pass pk field(id) when autoid==true in insert",
                "entities/insert",
                "{'collectionName':'auto','data':[{'id':'a','v':[0,0]}]}");
    }

    @Test
    void timesAndShapesAreFiltered() throws Exception {
        String key = "{'fieldName':'id','dataType':'Int64','isPrimary':true}";
        create(
                "places",
                key,
                ",{'fieldName':'ts','dataType':'Timestamptz','nullable':true},{'fieldName':'geo','dataType':'Geometry'}",
                "");
        rest.data(
                "entities/insert",
                "{'collectionName':'places','data':[{'id':1,'v':[0,0],'ts':'2024-01-01T00:00:00Z','geo':'POINT (1 1)'},"
                        + "{'id':2,'v':[0,0],'ts':null,'geo':'POINT (9 9)'}]}");
        assertThat(row("places", "ts < ISO \\\"2024-01-02T00:00:00Z\\\"")
                        .path("id")
                        .longValue())
                .isEqualTo(1);
        assertThat(row("places", "st_within(geo, \\\"POLYGON ((5 5, 15 5, 15 15, 5 15, 5 5))\\\")")
                        .path("geo")
                        .textValue())
                .isEqualTo("POINT (9 9)");
        refused(
                "failed to parse WKT",
                "entities/query",
                "{'collectionName':'places','filter':'st_within(geo, \\\"POINT\\\")'}");
    }

    @Test
    void arraysOfStructsAreListsOfObjects() throws Exception {
        String key = "{'fieldName':'id','dataType':'Int64','isPrimary':true}";
        create(
                "structs",
                key,
                "",
                ",'structFields':[{'fieldName':'s','elementTypeParams':{'max_capacity':3},'fields':["
                        + "{'fieldName':'n','dataType':'Int64'},"
                        + "{'fieldName':'e','dataType':'FloatVector','elementTypeParams':{'dim':2}}]}]");
        JsonNode struct = rest.data("collections/describe", "{'collectionName':'structs'}")
                .path("structFields")
                .get(0);
        assertThat(struct.path("name").textValue()).isEqualTo("s");
        assertThat(struct.path("fields").get(1).path("elementType").textValue()).isEqualTo("FloatVector");
        rest.data(
                "entities/insert",
                "{'collectionName':'structs','data':[{'id':1,'v':[0,0],'s':[{'n':1,'e':[1,2]},{'n':2,'e':[3,4]}]},"
                        + "{'id':2,'v':[0,0],'s':[]}]}");
        assertThat(row("structs", "id == 1").path("s").toString())
                .isEqualTo("[{\"n\":1,\"e\":[1.0,2.0]},{\"n\":2,\"e\":[3.0,4.0]}]");
        assertThat(row("structs", "id == 2").path("s").toString()).isEqualTo("[]");
        refused(
                "objects of all members and no others",
                "entities/insert",
                "{'collectionName':'structs','data':[{'id':3,'v':[0,0],'s':[{'n':1}]}]}");
    }
}
