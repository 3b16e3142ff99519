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
}
