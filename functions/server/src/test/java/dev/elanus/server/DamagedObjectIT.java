package dev.elanus.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients are told of an object whose bytes are not what was written, and that all else goes on. */
class DamagedObjectIT {
    private static final int DATA_DAMAGED = 1009;
    private static final int ROWS = 200;

    @Test
    void aDamagedObjectIsNamedAndOtherCollectionsGoOn(@TempDir Path folder) throws Exception {
        try (ServerProcess server = ServerProcess.serve(folder);
                Rest rest = new Rest(server.uri())) {
            String damaged = fill(rest, "damaged");
            fill(rest, "whole");
            server.kill();
            Path rows;
            try (Stream<Path> objects = Files.walk(folder.resolve("store/c"))) {
                rows = objects.filter(
                                path -> path.endsWith("rows") && path.toString().contains(damaged))
                        .findFirst()
                        .orElseThrow();
            }
            byte[] bytes = Files.readAllBytes(rows);
            for (int at = 0; at < bytes.length; at += 64) {
                bytes[at] ^= 1;
            }
            Files.delete(rows);
            Files.write(rows, bytes);
            server.killAndRestart();
            JsonNode refused = rest.post("entities/query", "{'collectionName':'damaged','filter':'n >= 0'}");
            assertThat(refused.path("code").asInt()).as("%s", refused).isEqualTo(DATA_DAMAGED);
            assertThat(refused.path("message").asText()).contains("expected").contains("rows");
            assertThat(count(rest, "whole")).isEqualTo(ROWS);
            assertThat(rest.data("entities/search", "{'collectionName':'whole','data':[[1,0]],'limit':3}"))
                    .hasSize(3);
        }
    }

    /** Makes a collection with sealed rows. @return its id, as keys of objects spell it */
    private static String fill(Rest rest, String collection) throws Exception {
        rest.data("collections/create", "{'collectionName':'" + collection + "','dimension':2,'metricType':'L2'}");
        String rows = IntStream.range(0, ROWS)
                .mapToObj(id -> "{'id':" + id + ",'vector':[" + id + ",0],'n':" + id + "}")
                .collect(Collectors.joining(","));
        rest.data("entities/insert", "{'collectionName':'" + collection + "','data':[" + rows + "]}");
        rest.data("collections/flush", "{'collectionName':'" + collection + "'}");
        long id = rest.data("collections/describe", "{'collectionName':'" + collection + "'}")
                .path("collectionID")
                .asLong();
        return HexFormat.of().toHexDigits(id);
    }

    private static long count(Rest rest, String collection) throws Exception {
        return rest.data(
                        "entities/query",
                        "{'collectionName':'" + collection
                                + "','filter':'','outputFields':['count(*)'],'consistencyLevel':'Strong'}")
                .get(0)
                .get("count(*)")
                .asLong();
    }
}
