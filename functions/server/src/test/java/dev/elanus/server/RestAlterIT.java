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
        refused(100, "can't find collection", "collections/truncate", "{'collectionName':'new'}");
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
}
