package dev.elanus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elanus.storage.FaultyProxy;
import dev.elanus.storage.S3Server;
import dev.elanus.storage.SmallDisk;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores that fail under a running server, and stores that it refuses to start on. */
class StoreFaultsIT {
    private static final int UNAVAILABLE = 2;
    private static final int OUTCOME_UNKNOWN = 5;
    private static final int TRY_AGAIN = 8;
    private static final int TIME_OVER = 10_001;
    private static final int DENIED = 1401;
    private static final int DIMENSION = 256;
    private static final int BATCH = 1_000;
    private static final String COUNT =
            "{'collectionName':'faults','filter':'','outputFields':['count(*)'],'consistencyLevel':'Strong'}";

    @TempDir
    Path folder;

    private long nextKey;

    @Test
    void aBucketOutOfReachIsSaidSoAndUsedAgainWhenItIsBack() throws Exception {
        try (S3Server s3 = S3Server.start(Files.createDirectories(folder.resolve("s3")));
                ServerProcess server = CrashIT.onBucket(folder, s3);
                Rest rest = new Rest(server.uri())) {
            create(rest);
            assertThat(code(insert(rest))).isZero();
            s3.stop();
            assertRefused(insert(rest), UNAVAILABLE, "127.0.0.1:" + s3.port());
            assertRefused(count(rest), UNAVAILABLE, "127.0.0.1:" + s3.port());
            assertRefused(search(rest), UNAVAILABLE, "127.0.0.1:" + s3.port());
            assertRefused(rest.post("collections/create", "{'collectionName':'x','dimension':2}"), UNAVAILABLE, "");
            assertThat(health(server)).isEqualTo(500);
            double retried = metric(server, "elanus_store_retried_total");
            assertThat(retried).isGreaterThan(4);
            assertThat(metric(server, "elanus_store_requests_total")).isGreaterThan(retried);
            assertThat(metric(server, "elanus_store_throttled_total")).isZero();
            s3.startAgain();
            assertThat(health(server)).isEqualTo(200);
            assertThat(count(rest).at("/data/0/count(*)").asLong()).isEqualTo(BATCH);
            assertThat(code(insert(rest))).isZero();
            assertThat(count(rest).at("/data/0/count(*)").asLong()).isEqualTo(2 * BATCH);
            assertThat(code(rest.post("collections/flush", "{'collectionName':'faults'}")))
                    .isZero();
            assertThat(search(rest).at("/data/0/id").asLong()).isEqualTo(7);
        }
    }

    @Test
    void whileAStoreAsksToSlowDownReadsEndInTimeAndWritesAreToComeLater() throws Exception {
        try (S3Server s3 = S3Server.start(Files.createDirectories(folder.resolve("s3")));
                FaultyProxy proxy = FaultyProxy.start(s3.port(), 1);
                ServerProcess server = CrashIT.onBucket(folder, proxy.port());
                Rest rest = new Rest(server.uri())) {
            create(rest);
            assertThat(code(insert(rest))).isZero();
            proxy.throttle(true);
            long startedAt = System.nanoTime();
            JsonNode refused = rest.post("entities/query", COUNT, Duration.ofSeconds(2));
            assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(5));
            assertRefused(refused, TIME_OVER, "longer than its limit of PT2S");
            assertRefused(refused, TIME_OVER, "SlowDown, Please reduce your request rate.");
            assertRefused(insert(rest), UNAVAILABLE, "retry later");
            JsonNode unknown = rest.post("entities/upsert", row(1), Duration.ofSeconds(2));
            assertRefused(unknown, OUTCOME_UNKNOWN, "whether it is stored is not known, read before writing again");
            CompletableFuture<JsonNode> one = CompletableFuture.supplyAsync(() -> update(rest));
            CompletableFuture<JsonNode> other = CompletableFuture.supplyAsync(() -> update(rest));
            JsonNode sooner = (JsonNode) CompletableFuture.anyOf(one, other).get();
            assertRefused(sooner, TRY_AGAIN, "for others of the same keys; retry later");
            startedAt = System.nanoTime();
            assertThat(metric(server, "elanus_store_throttled_total")).isGreaterThan(3);
            assertThat(Duration.ofNanos(System.nanoTime() - startedAt))
                    .as("metrics that need no store do not wait for it")
                    .isLessThan(Duration.ofSeconds(10));
            proxy.throttle(false);
            CompletableFuture.allOf(one, other).get();
            assertThat(code(insert(rest))).isZero();
            assertThat(count(rest).at("/data/0/count(*)").asLong()).isEqualTo(2 * BATCH);
        }
    }

    @Test
    void aFullDiskRefusesWritesWholeAndTakesThemAgainWhenThereIsRoom() throws Exception {
        try (SmallDisk disk = new SmallDisk(folder.resolve("disk"), 8);
                ServerProcess server = onDisk();
                Rest rest = new Rest(server.uri())) {
            create(rest);
            int stored = 0;
            JsonNode answer = insert(rest);
            while (code(answer) == 0) {
                stored++;
                answer = insert(rest);
            }
            assertRefused(answer, UNAVAILABLE, "No space left on device");
            assertThat(stored).isGreaterThan(3);
            assertThat(count(rest).at("/data/0/count(*)").asLong()).isEqualTo((long) stored * BATCH);
            assertThat(search(rest).at("/data/0/id").asLong()).isEqualTo(7);
            assertRefused(rest.post("collections/flush", "{'collectionName':'faults'}"), UNAVAILABLE, "No space left");
            disk.remount("size=64m");
            assertThat(code(insert(rest))).isZero();
            assertThat(code(rest.post("collections/flush", "{'collectionName':'faults'}")))
                    .isZero();
            assertThat(count(rest).at("/data/0/count(*)").asLong()).isEqualTo((stored + 1L) * BATCH);
        }
    }

    @Test
    void aReadOnlyFolderServesReadsAndRefusesWrites() throws Exception {
        try (SmallDisk disk = new SmallDisk(folder.resolve("disk"), 32)) {
            try (ServerProcess server = onDisk();
                    Rest rest = new Rest(server.uri())) {
                create(rest);
                assertThat(code(insert(rest))).isZero();
                disk.remount("ro");
                assertRefused(insert(rest), DENIED, "Read-only file system");
                assertThat(count(rest).at("/data/0/count(*)").asLong()).isEqualTo(BATCH);
                assertThat(search(rest).at("/data/0/id").asLong()).isEqualTo(7);
                disk.remount("rw");
                assertThat(code(insert(rest))).isZero();
                assertThat(count(rest).at("/data/0/count(*)").asLong()).isEqualTo(2 * BATCH);
                disk.remount("ro");
            }
            assertThatThrownBy(this::onDisk)
                    .hasMessageContaining("exit code 1")
                    .hasMessageContaining("cannot be written, is it read-only?")
                    .hasMessageNotContaining("\tat ");
        }
    }

    @Test
    void aStoreThatIgnoresConditionsIsRefusedAtStart() throws Exception {
        try (CarelessS3 s3 = new CarelessS3()) {
            assertThatThrownBy(() -> onBucket(s3.port()))
                    .hasMessageContaining("exit code 1")
                    .hasMessageContaining("elanus: store s3://careless at http://127.0.0.1:" + s3.port())
                    .hasMessageContaining("ignores conditional writes")
                    .hasMessageNotContaining("\tat ");
        }
    }

    @Test
    void aMissingBucketAndAWrongSecretAreRefusedAtStartWithWhatToDo() throws Exception {
        try (S3Server s3 = S3Server.start(Files.createDirectories(folder.resolve("s3")))) {
            assertThatThrownBy(() -> onBucket(s3.port(), "s3://no-such-bucket", S3Server.SECRET_KEY))
                    .hasMessageContaining("exit code 1")
                    .hasMessageContaining("s3://no-such-bucket")
                    .hasMessageContaining("create the bucket, or correct --store")
                    .hasMessageNotContaining("\tat ");
            assertThatThrownBy(() -> onBucket(s3.port(), CrashIT.STORE, "guessed"))
                    .hasMessageContaining("exit code 1")
                    .hasMessageContaining(CrashIT.STORE)
                    .hasMessageContaining("check the access key and its secret")
                    .hasMessageNotContaining("\tat ");
        }
    }

    @Test
    void aStoreOutOfReachIsRefusedAtStart() {
        assertThatThrownBy(() -> onBucket(1))
                .hasMessageContaining("exit code 1")
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageNotContaining("\tat ");
    }

    private ServerProcess onDisk() throws IOException {
        return ServerProcess.with(
                folder,
                "serve",
                "--store",
                folder.resolve("disk/store").toString(),
                "--local",
                folder.resolve("local").toString());
    }

    private ServerProcess onBucket(int port) throws IOException {
        return onBucket(port, "s3://careless", "any");
    }

    private ServerProcess onBucket(int port, String store, String secret) throws IOException {
        return ServerProcess.with(
                folder,
                Map.of("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY, "AWS_SECRET_ACCESS_KEY", secret),
                "serve",
                "--store",
                store,
                "--s3-endpoint",
                "http://127.0.0.1:" + port,
                "--local",
                folder.resolve("local").toString());
    }

    private static void create(Rest rest) throws Exception {
        rest.data("collections/create", "{'collectionName':'faults','dimension':" + DIMENSION + ",'metricType':'L2'}");
    }

    private JsonNode insert(Rest rest) throws Exception {
        String rows = LongStream.range(nextKey, nextKey + BATCH)
                .mapToObj(key -> "{'id':" + key + ",'vector':" + vectorOf(key) + "}")
                .collect(Collectors.joining(","));
        JsonNode answer = rest.post("entities/insert", "{'collectionName':'faults','data':[" + rows + "]}");
        if (code(answer) == 0) {
            nextKey += BATCH;
        }
        return answer;
    }

    private static String row(long key) {
        return "{'collectionName':'faults','data':[{'id':" + key + ",'vector':" + vectorOf(key) + "}]}";
    }

    /** An update of the row of key 1. */
    private static JsonNode update(Rest rest) {
        try {
            return rest.post(
                    "entities/upsert",
                    "{'collectionName':'faults','partialUpdate':true,'data':[{'id':1,'color':'red'}]}",
                    Duration.ofSeconds(1));
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static JsonNode count(Rest rest) throws Exception {
        return rest.post("entities/query", COUNT);
    }

    private static JsonNode search(Rest rest) throws Exception {
        return rest.post(
                "entities/search",
                "{'collectionName':'faults','data':[" + vectorOf(7) + "],'limit':1,'consistencyLevel':'Strong'}");
    }

    /** A vector that belongs to a key alone. */
    private static String vectorOf(long key) {
        return LongStream.range(0, DIMENSION)
                .mapToObj(i -> Long.toString((key >> i % 16 & 1) + i % 3))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static int code(JsonNode answer) {
        return answer.path("code").asInt(-1);
    }

    private static void assertRefused(JsonNode answer, int code, String text) {
        assertThat(code(answer)).as(answer.toString()).isEqualTo(code);
        assertThat(answer.path("message").asText()).contains(text).isNotBlank();
    }

    private static int health(ServerProcess server) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create(server.managementUri() + "/healthz").toURL().openConnection();
        return connection.getResponseCode();
    }

    private static double metric(ServerProcess server, String name) throws IOException {
        try (InputStream metrics =
                URI.create(server.managementUri() + "/metrics").toURL().openStream()) {
            return new String(metrics.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(name))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        }
    }
}
