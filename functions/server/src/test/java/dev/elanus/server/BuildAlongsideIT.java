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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index builder maintains what a server is writing to, and is killed now and then: neither takes anything from the other. */
class BuildAlongsideIT {
    private static final String COLLECTION = "shared";
    private static final int CLIENTS = 3;
    private static final int ROUNDS = 4;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    @TempDir
    Path folder;

    @Test
    void aFolderIsMaintainedWhileAServerWrites() throws Exception {
        try (ServerProcess server = ServerProcess.serve(folder)) {
            buildAlongside(server, Map.of(), "--store", folder.resolve("store").toString());
        }
    }

    @Test
    void aBucketIsMaintainedWhileAServerWrites() throws Exception {
        try (S3Server s3 = S3Server.start(Files.createDirectories(folder.resolve("s3")));
                ServerProcess server = CrashIT.onBucket(folder, s3)) {
            buildAlongside(
                    server,
                    CrashIT.credentials(),
                    "--store",
                    CrashIT.STORE,
                    "--s3-endpoint",
                    "http://127.0.0.1:" + s3.port());
        }
    }

    private void buildAlongside(ServerProcess server, Map<String, String> environment, String... store)
            throws Exception {
        System.out.println("BuildAlongsideIT: seed " + seed);
        try (Rest rest = new Rest(server.uri());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            rest.data("collections/create", "{'collectionName':'" + COLLECTION + "','dimension':4}");
            List<CrashClient> clients = new ArrayList<>();
            List<Future<String>> writing = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                CrashClient client = new CrashClient(rest, COLLECTION, i, random.split());
                clients.add(client);
                writing.add(threads.submit(client::write));
            }
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    build(round % 2 == 1, environment, store);
                }
            } finally {
                clients.forEach(CrashClient::stop);
            }
            for (Future<String> each : writing) {
                assertThat(each.get()).as("a write that was refused").isEmpty();
            }
            for (CrashClient client : clients) {
                client.check("seed " + seed);
            }
            long expected = clients.stream().mapToLong(CrashClient::rowCount).sum();
            String count = "{'collectionName':'" + COLLECTION + "','filter':'','outputFields':['count(*)']"
                    + ",'consistencyLevel':'Strong'}";
            assertThat(rest.data("entities/query", count).get(0).get("count(*)").asLong())
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    /** Runs the builder to its end, or kills it somewhere on the way. */
    private void build(boolean kills, Map<String, String> environment, String... store)
            throws IOException, InterruptedException {
        Path jar =
                Path.of(System.getProperty("elanus.builder", "../../index-builder/target/quarkus-app/quarkus-run.jar"));
        assertThat(jar).as("'mvn package' makes it").exists();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                "-jar",
                jar.toString(),
                "run",
                "--seal"));
        command.addAll(List.of(store));
        Path log = folder.resolve("builder.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (kills) {
            process.waitFor(1_000 + random.nextInt(2_000), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
        } else {
            assertThat(process.waitFor()).as(() -> text(log)).isZero();
        }
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            return failure.toString();
        }
    }
}
