package dev.elanus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.storage.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the packaged server at random instants while four clients write and one flushes, and starts it again: what was acknowledged is there,
 * once. The number of kills is {@code -Delanus.kills}, the seed {@code -Dseed}.
 */
class CrashIT {
    static final String STORE = "s3://" + S3Server.BUCKET + "/crash";

    private static final String COLLECTION = "crash";
    private static final int CLIENTS = 4;
    private static final int KILLS = Integer.getInteger("elanus.kills", 3);
    /** Rows that stay as they are: enough that a segment of them gets an index. */
    private static final int STILL_ROWS = 5_000;

    private static final long FIRST_STILL_KEY = 100_000_000;
    private static final int LONGEST_LIFE_MILLIS = 2_500;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    @Test
    void acknowledgedWritesInAFolderOutliveKills(@TempDir Path folder) throws Exception {
        try (ServerProcess server = ServerProcess.serve(folder)) {
            killAndCheck(server);
        }
    }

    @Test
    void acknowledgedWritesInABucketOutliveKills(@TempDir Path folder) throws Exception {
        try (S3Server s3 = S3Server.start(Files.createDirectories(folder.resolve("s3")));
                ServerProcess server = onBucket(folder, s3)) {
            killAndCheck(server);
        }
    }

    static ServerProcess onBucket(Path folder, S3Server s3) throws IOException {
        return onBucket(folder, s3.port());
    }

    /** @param port where the bucket is reached */
    static ServerProcess onBucket(Path folder, int port) throws IOException {
        return ServerProcess.with(
                folder,
                credentials(),
                "serve",
                "--store",
                STORE,
                "--s3-endpoint",
                "http://127.0.0.1:" + port,
                "--local",
                folder.resolve("local").toString());
    }

    /** For the environment of a process that uses that bucket. */
    static Map<String, String> credentials() {
        return Map.of("AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY, "AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY);
    }

    private void killAndCheck(ServerProcess server) throws Exception {
        System.out.println("CrashIT: seed " + seed + ", kills " + KILLS);
        try (Rest rest = new Rest(server.uri());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            prepare(rest);
            List<CrashClient> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new CrashClient(rest, COLLECTION, i, random.split()));
            }
            for (int kill = 1; kill <= KILLS; kill++) {
                List<Future<String>> writing = new ArrayList<>();
                clients.forEach(client -> writing.add(threads.submit(client::write)));
                Future<Boolean> flushing = threads.submit(() -> flushUntilTheServerIsGone(rest));
                pause(random.nextInt(LONGEST_LIFE_MILLIS));
                server.killAndRestart();
                for (Future<String> each : writing) {
                    each.get();
                }
                flushing.get();
                check(rest, clients, "seed " + seed + ", kill " + kill);
            }
            long operations =
                    clients.stream().mapToLong(CrashClient::operations).sum();
            System.out.println("CrashIT: " + KILLS + " kills, " + operations + " operations, "
                    + clients.stream().mapToInt(CrashClient::rowCount).sum() + " rows left, "
                    + segments(rest));
        }
    }

    private static void prepare(Rest rest) throws Exception {
        rest.data("collections/create", "{'collectionName':'" + COLLECTION + "','dimension':4,'metricType':'L2'}");
        for (long first = 0; first < STILL_ROWS; first += 1_000) {
            String rows = LongStream.range(FIRST_STILL_KEY + first, FIRST_STILL_KEY + first + 1_000)
                    .mapToObj(key -> "{'id':" + key + ",'vector':" + CrashClient.vectorOf(key) + ",'op':0}")
                    .collect(Collectors.joining(","));
            rest.data("entities/insert", "{'collectionName':'" + COLLECTION + "','data':[" + rows + "]}");
        }
    }

    private void check(Rest rest, List<CrashClient> clients, String when) throws Exception {
        for (CrashClient client : clients) {
            client.check(when);
        }
        long expected =
                STILL_ROWS + clients.stream().mapToInt(CrashClient::rowCount).sum();
        long count = rest.data(
                        "entities/query",
                        "{'collectionName':'" + COLLECTION
                                + "','filter':'','outputFields':['count(*)'],'consistencyLevel':'Strong'}")
                .get(0)
                .get("count(*)")
                .asLong();
        assertThat(count).as("%s: count", when).isEqualTo(expected);
        long key = FIRST_STILL_KEY + random.nextInt(STILL_ROWS);
        long nearest = rest.data(
                        "entities/search",
                        "{'collectionName':'" + COLLECTION + "','data':[" + CrashClient.vectorOf(key)
                                + "],'limit':1,'searchParams':{'params':{'nprobe':1024}}}")
                .get(0)
                .get("id")
                .asLong();
        assertThat(nearest).as("%s: search", when).isEqualTo(key);
    }

    private static boolean flushUntilTheServerIsGone(Rest rest) throws InterruptedException {
        try {
            while (rest.post("collections/flush", "{'collectionName':'" + COLLECTION + "'}")
                            .path("code")
                            .asInt()
                    == 0) {
                pause(200);
            }
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    private static String segments(Rest rest) throws Exception {
        return rest.data("indexes/describe", "{'collectionName':'" + COLLECTION + "','indexName':'vector'}")
                .toString();
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
