package dev.elanus.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitions and partition keys over REST. */
class RestPartitionsIT {
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

    private static void refused(int code, String text, String path, String body) throws Exception {
        JsonNode answer = rest.post(path, body);
        assertThat(answer.path("code").intValue()).as(answer.toString()).isEqualTo(code);
        assertThat(answer.path("message").textValue()).contains(text);
    }

    @Test
    void aPartitionIsMadeFilledReadReleasedAndDropped() throws Exception {
        String p = "'collectionName':'parts','partitionName':'p-1'";
        rest.data("collections/create", "{'collectionName':'parts','dimension':2,'metricType':'L2'}");
        rest.data("partitions/create", "{" + p + "}");
        assertThat(rest.data("partitions/list", "{'collectionName':'parts'}").toString())
                .isEqualTo("[\"_default\",\"p-1\"]");
        assertThat(rest.data("partitions/has", "{" + p + "}").path("has").booleanValue())
                .isTrue();
        rest.data("entities/insert", "{'collectionName':'parts','data':[{'id':1,'vector':[0,0]}]}");
        rest.data("entities/insert", "{" + p + ",'data':[{'id':2,'vector':[0,0]},{'id':3,'vector':[1,0]}]}");
        assertThat(rest.data("partitions/get_stats", "{" + p + "}")
                        .path("rowCount")
                        .intValue())
                .isEqualTo(2);
        String named = "'collectionName':'parts','partitionNames':['p-1']";
        assertThat(rest.data("entities/search", "{" + named + ",'data':[[0,0]],'limit':9}"))
                .hasSize(2);
        assertThat(rest.data("entities/query", "{" + named + ",'filter':'id < 3'}"))
                .hasSize(1);
        assertThat(rest.data("entities/get", "{" + named + ",'id':[1,2]}")).hasSize(1);
        refused(65535, "partition is loaded, please release it first", "partitions/drop", "{" + p + "}");
        rest.data("partitions/release", "{" + named + "}");
        assertThat(rest.data("collections/get_load_state", "{" + named + "}")
                        .path("loadState")
                        .textValue())
                .isEqualTo("LoadStateNotLoad");
        refused(201, "partition not loaded", "entities/query", "{" + named + ",'filter':'id < 3'}");
        rest.data("partitions/load", "{" + named + "}");
        rest.data("partitions/release", "{" + named + "}");
        rest.data("partitions/drop", "{" + p + "}");
        refused(200, "partition not found[partition=p-1]", "partitions/get_stats", "{" + p + "}");
        refused(
                65535,
                "default partition cannot be deleted",
                "partitions/drop",
                "{'collectionName':'parts','partitionName':'_default'}");
        assertThat(rest.data("entities/query", "{'collectionName':'parts','filter':'id > 0'}"))
                .hasSize(1);
    }

    @Test
    void aKeyDistributesRows() throws Exception {
        rest.data(
                "collections/create",
                "{'collectionName':'keyed','schema':{'fields':["
                        + "{'fieldName':'id','dataType':'Int64','isPrimary':true},"
                        + "{'fieldName':'v','dataType':'FloatVector','elementTypeParams':{'dim':2}},"
                        + "{'fieldName':'tenant','dataType':'Int64','isPartitionKey':true}]},"
                        + "'params':{'partitionsNum':'4','shardsNum':'2','partitionKeyIsolation':true},"
                        + "'indexParams':[{'fieldName':'v','metricType':'L2','indexType':'FLAT'}]}");
        JsonNode described = rest.data("collections/describe", "{'collectionName':'keyed'}");
        assertThat(described.path("partitionsNum").intValue()).isEqualTo(4);
        assertThat(described.path("shardsNum").intValue()).isEqualTo(2);
        rest.data(
                "collections/create",
                "{'collectionName':'fixed','dimension':2,'params':{'enableDynamicField':'0','ttlSeconds':'360'}}");
        assertThat(rest.data("collections/describe", "{'collectionName':'fixed'}")
                        .path("enableDynamicField")
                        .booleanValue())
                .isFalse();
        refused(
                1801,
                "enableDynamicField",
                "collections/create",
                "{'collectionName':'other','dimension':2,'params':{'enableDynamicField':'perhaps'}}");
        assertThat(described.at("/fields/2/partitionKey").booleanValue()).isTrue();
        assertThat(rest.data("partitions/list", "{'collectionName':'keyed'}")).hasSize(4);
        rest.data(
                "entities/insert",
                "{'collectionName':'keyed','data':[{'id':1,'v':[0,0],'tenant':7},{'id':2,'v':[0,1],'tenant':8}]}");
        assertThat(rest.data("entities/search", "{'collectionName':'keyed','data':[[0,0]],'filter':'tenant == 8'}")
                        .at("/0/id")
                        .asText())
                .isEqualTo("2");
        refused(
                65535,
                "not support manually specifying the partition names if partition key mode is used",
                "entities/insert",
                "{'collectionName':'keyed','partitionName':'_default_0','data':[{'id':1,'v':[0,0],'tenant':7}]}");
    }
}
