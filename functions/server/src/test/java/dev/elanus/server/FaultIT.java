package dev.elanus.server;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elanus.storage.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients are told while the store is out of reach, full or damaged, and that all goes on afterwards. */
class FaultIT {
    private static final int UNAVAILABLE = 2;
    private static final int DATA_DAMAGED = 1009;
    private static final int ROWS = 200;

    @Test
    void aBucketOutOfReachIsSaidSoAndServedAgainWhenItIsBack(@TempDir Path folder) throws Exception {
        try (S3Server s3 = S3Server.start(Files.createDirectories(folder.resolve("s3")));
                ServerProcess server = CrashIT.onBucket(folder, s3);
                Rest rest = new Rest(server.uri())) {
            fill(rest, "kept");
            s3.stop();
            JsonNode refused = rest.post("entities/insert", row("kept", 1_000_000));
            assertThat(refused.path("code").asInt()).as("%s", refused).isEqualTo(UNAVAILABLE);
            assertThat(refused.path("message").asText()).contains("127.0.0.1:" + s3.port());
            assertThat(health(server)).isEqualTo(500);
            s3.startAgain();
            for (int look = 0; look < 100 && health(server) != 200; look++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
            rest.data("entities/insert", row("kept", 1_000_001));
            // The refused row is there or not, as it was never acknowledged; all others are.
            assertThat(count(rest, "kept")).isBetween(ROWS + 1L, ROWS + 2L);
        }
    }

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

    @Test
    void aFullStoreRefusesWritesAndGoesOnAnsweringReads(@TempDir Path folder) throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=6m", "elanus-test", small.toString()));
        try (ServerProcess server = ServerProcess.with(
                        folder,
                        "serve",
                        "--store",
                        small.resolve("store").toString(),
                        "--local",
                        folder.resolve("local").toString());
                Rest rest = new Rest(server.uri())) {
            fill(rest, "full");
            Path ballast = small.resolve("ballast");
            fillUp(ballast);
            JsonNode refused = rest.post("entities/insert", row("full", 1_000_000));
            assertThat(refused.path("code").asInt()).as("%s", refused).isEqualTo(UNAVAILABLE);
            assertThat(refused.path("message").asText()).contains("No space left");
            assertThat(count(rest, "full")).isEqualTo(ROWS);
            Files.delete(ballast);
            rest.data("entities/insert", row("full", 1_000_001));
            assertThat(count(rest, "full")).isEqualTo(ROWS + 1);
        } finally {
            run("umount", small.toString());
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

    private static String row(String collection, int id) {
        return "{'collectionName':'" + collection + "','data':{'id':" + id + ",'vector':[0,1],'n':-1}}";
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

    private static int health(ServerProcess server) {
        return given().baseUri(server.managementUri()).get("/healthz").statusCode();
    }

    private static void fillUp(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            byte[] block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space");
        }
    }

    private static boolean run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException _) {
            return false;
        }
    }
}
