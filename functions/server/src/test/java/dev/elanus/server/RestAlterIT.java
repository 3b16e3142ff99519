package dev.elanus.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections renamed, emptied and altered over REST. */
class RestAlterIT {
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
    void aCollectionIsRenamedAndEmptied() throws Exception {
        rest.data("collections/create", "{'collectionName':'old','dimension':2,'metricType':'L2'}");
        rest.data("entities/insert", "{'collectionName':'old','data':[{'id':1,'vector':[0,0]}]}");
        refused(
                1802,
                "Field validation for 'NewCollectionName' failed on the 'required' tag",
                "collections/rename",
                "{'collectionName':'old'}");
        rest.data("collections/rename", "{'collectionName':'old','newCollectionName':'new'}");
        refused(100, "can't find collection", "collections/describe", "{'collectionName':'old'}");
        String all = "{'collectionName':'new','filter':'id > 0','consistencyLevel':'Strong'}";
        assertThat(rest.data("entities/query", all)).hasSize(1);
        rest.data("collections/truncate", "{'collectionName':'new'}");
        assertThat(rest.data("entities/query", all)).isEmpty();
        assertThat(rest.data("indexes/list", "{'collectionName':'new'}")).hasSize(1);
        rest.data("collections/drop", "{'collectionName':'new'}");
        refused(100, "collection not found", "collections/truncate", "{'collectionName':'new'}");
    }

    @Test
    void propertiesAreChangedAndDropped() throws Exception {
        String named = "'collectionName':'props'";
        rest.data("collections/create", "{" + named + ",'dimension':2,'metricType':'L2'}");
        refused(
                104,
                "can not alter mmap properties if collection loaded",
                "collections/alter_properties",
                "{" + named + ",'properties':{'mmap.enabled':true}}");
        rest.data("collections/alter_properties", "{" + named + ",'properties':{'collection.ttl.seconds':60}}");
        assertThat(rest.data("collections/describe", "{" + named + "}")
                        .path("properties")
                        .toString())
                .contains("{\"key\":\"collection.ttl.seconds\",\"value\":\"60\"}");
        rest.data("collections/drop_properties", "{" + named + ",'propertyKeys':['collection.ttl.seconds']}");
        rest.data("collections/release", "{" + named + "}");
        String index = named + ",'indexName':'vector'";
        rest.data("indexes/alter_properties", "{" + index + ",'properties':{'mmap.enabled':true}}");
        assertThat(rest.data("indexes/describe", "{" + index + "}").toString()).contains("mmap.enabled");
        rest.data("indexes/drop_properties", "{" + index + ",'propertyKeys':['mmap.enabled']}");
        refused(
                1100,
                "nlist is not a configable index property",
                "indexes/alter_properties",
                "{" + index + ",'properties':{'nlist':3}}");
        rest.data("collections/drop", "{" + named + "}");
    }

    @Test
    void aFieldIsAddedAndChanged() throws Exception {
        String named = "'collectionName':'fields'";
        rest.data("collections/create", "{" + named + ",'dimension':2,'metricType':'L2'}");
        rest.data("entities/insert", "{" + named + ",'data':[{'id':1,'vector':[0,0]}]}");
        String field = ",'schema':{'fieldName':'kind','dataType':'VarChar','elementTypeParams':{'max_length':'3'}";
        refused(
                1100,
                "added field must be nullable, please check it, field name = kind",
                "collections/fields/add",
                "{" + named + field + "}}");
        rest.data("collections/fields/add", "{" + named + field + ",'nullable':true,'defaultValue':'old'}}");
        refused(
                1804,
                "exceeds max length",
                "entities/insert",
                "{" + named + ",'data':[{'id':2,'vector':[0,0],'kind':'newer'}]}");
        rest.data(
                "collections/fields/alter_properties",
                "{" + named + ",'fieldName':'kind','fieldParams':{'max_length':'9'}}");
        rest.data("entities/insert", "{" + named + ",'data':[{'id':2,'vector':[0,0],'kind':'newer'}]}");
        String old = "{" + named + ",'filter':'kind == \\\"old\\\"','consistencyLevel':'Strong'}";
        assertThat(rest.data("entities/query", old)).hasSize(1);
        rest.data("collections/drop", "{" + named + "}");
    }

    @Test
    void functionsOfBm25StayAsInMilvus() throws Exception {
        String named = "'collectionName':'texts'";
        String function = "{'name':'bm25','type':'BM25','inputFieldNames':['text'],'outputFieldNames':['terms']}";
        rest.data(
                "collections/create",
                "{" + named + ",'schema':{'fields':[{'fieldName':'id','dataType':'Int64','isPrimary':true},"
                        + "{'fieldName':'text','dataType':'VarChar','elementTypeParams':"
                        + "{'max_length':'100','enable_analyzer':true}},"
                        + "{'fieldName':'terms','dataType':'SparseFloatVector'}],'functions':[" + function + "]}}");
        refused(
                65_535,
                "Currently does not support adding BM25 function",
                "collections/add_function",
                "{" + named + ",'function':" + function + "}");
        refused(
                65_535,
                "Currently does not support alter BM25 function",
                "collections/alter_function",
                "{" + named + ",'functionName':'bm25','function':" + function + "}");
        String embedding = "{'name':'other','type':'TextEmbedding','inputFieldNames':['text'],"
                + "'outputFieldNames':['dense'],'params':{'provider':'openai'}}";
        refused(
                65_535,
                "Function other not found",
                "collections/alter_function",
                "{" + named + ",'functionName':'other','function':" + embedding + "}");
        refused(
                65_535,
                "Invalid function config, name not match",
                "collections/alter_function",
                "{" + named + ",'functionName':'bm25','function':" + embedding + "}");
        refused(10, "not supported", "collections/add_function", "{" + named + ",'function':" + embedding + "}");
        refused(
                65_535,
                "Currently does not support droping BM25 function",
                "collections/drop_function",
                "{" + named + ",'functionName':'bm25'}");
        rest.data("collections/drop_function", "{" + named + ",'functionName':'none'}");
        refused(
                100,
                "collection not found",
                "collections/drop_function",
                "{'collectionName':'none','functionName':'bm25'}");
        refused(1802, "'Function' failed on the 'required' tag", "collections/add_function", "{" + named + "}");
        rest.data("collections/drop", "{" + named + "}");
    }

    @Test
    void aCollectionIsCompacted() throws Exception {
        String named = "'collectionName':'parts'";
        rest.data("collections/create", "{" + named + ",'dimension':2,'metricType':'L2'}");
        for (int part = 0; part < 2; part++) {
            rest.data("entities/insert", "{" + named + ",'data':[{'id':" + part + ",'vector':[0,0]}]}");
            rest.data("collections/flush", "{" + named + "}");
        }
        long job = rest.data("collections/compact", "{" + named + "}")
                .path("compactionID")
                .longValue();
        JsonNode state = rest.data("collections/get_compaction_state", "{'jobID':" + job + "}");
        assertThat(state.path("state").textValue()).isEqualTo("Completed");
        assertThat(state.path("completedPlanNo").intValue()).isEqualTo(1);
        long id = rest.data("collections/describe", "{" + named + "}")
                .path("collectionID")
                .longValue();
        assertThat(rest.data("segments/describe", "{'collectionID':" + id + "}").path("segmentInfos"))
                .hasSize(1)
                .first()
                .satisfies(segment ->
                        assertThat(segment.path("numRows").intValue()).isEqualTo(2));
        refused(1802, "'JobID' failed on the 'required' tag", "collections/get_compaction_state", "{}");
        refused(100, "collection not found", "collections/compact", "{'collectionName':'none'}");
        assertThat(rest.data("quotacenter/describe", "{}").textValue()).contains("unsealedBytes");
        rest.data("collections/drop", "{" + named + "}");
    }

    @Test
    void groupsOfNodesAreKept() throws Exception {
        rest.data("resource_groups/create", "{'name':'mine','config':{'limits':{'node_num':1}}}");
        assertThat(rest.data("resource_groups/list", "{}").toString())
                .isEqualTo("[\"__default_resource_group\",\"mine\"]");
        refused(
                301,
                "resource group already exist, but create with different config",
                "resource_groups/create",
                "{'name':'mine'}");
        rest.data("resource_groups/alter", "{'resource_groups':{'mine':{'limits':{'node_num':0}}}}");
        assertThat(rest.data("resource_groups/describe", "{'name':'mine'}")
                        .path("config")
                        .path("limits")
                        .path("node_num")
                        .intValue())
                .isZero();
        rest.data("collections/create", "{'collectionName':'held','dimension':2}");
        rest.data(
                "resource_groups/transfer_replica",
                "{'sourceRgName':'__default_resource_group','targetRgName':'mine','collectionName':'held',"
                        + "'replicaNum':1}");
        assertThat(rest.data("resource_groups/describe", "{'name':'mine'}").path("numLoadedReplica"))
                .hasSize(1);
        rest.data("collections/drop", "{'collectionName':'held'}");
        rest.data("resource_groups/drop", "{'name':'mine'}");
        refused(300, "resource group not found[rg=mine]", "resource_groups/describe", "{'name':'mine'}");
    }
}
