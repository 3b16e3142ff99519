package dev.elanus.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The packaged server on a fresh folder under an unmodified pymilvus: durable inserts, recall and latencies over gRPC, and the heap that the server
 * needs for it.
 *
 * <p>{@code WireBench BASE QUERIES TRUTH [KIND,…]}: IDX files of 28 x 28 pictures, gzipped, and .ivecs. Needs {@code ./elanus test} to have installed
 * pymilvus, and the server to be packaged.
 */
public final class WireBench {
    private static final Path JAR = Path.of("functions/server/target/quarkus-app/quarkus-run.jar");
    /** What the launcher gives a server. */
    private static final int HEAP_MEGABYTES = 512;

    private WireBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 3) {
            System.err.println("usage: bench wire BASE QUERIES TRUTH [KIND,…]");
            System.exit(2);
        }
        String[] kinds = (arguments.length > 3 ? arguments[3] : "HNSW,AUTOINDEX").split(",");
        Path folder = Files.createTempDirectory("elanus-wire-");
        int port = freePort();
        int management = freePort();
        List<String> command = new ArrayList<>(List.of(
                java("java"),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx" + HEAP_MEGABYTES + "m"));
        String more = System.getenv("ELANUS_JAVA_OPTS");
        if (more != null && !more.isBlank()) {
            command.addAll(List.of(more.split(" +")));
        }
        String store = folder.resolve("store").toString();
        command.addAll(List.of("-jar", JAR.toString(), "serve", "--store", store));
        command.addAll(List.of("--port", "" + port, "--management-port", "" + management));
        Process server = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        try {
            waitFor(server, management, folder);
            for (String kind : kinds) {
                run(List.of(
                        python().toString(),
                        "-W",
                        "ignore",
                        "src/bench/python/wire.py",
                        "http://127.0.0.1:" + port,
                        arguments[0],
                        arguments[1],
                        arguments[2],
                        kind));
            }
            System.out.println("server, limited to a heap of " + HEAP_MEGABYTES + " MB, after a collection:");
            run(List.of(java("jcmd"), "" + server.pid(), "GC.run"));
            run(List.of(java("jcmd"), "" + server.pid(), "GC.heap_info"));
            Files.readAllLines(Path.of("/proc/" + server.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS") || line.startsWith("Rss"))
                    .forEach(System.out::println);
        } finally {
            server.destroy();
        }
        System.exit(0);
    }

    private static void waitFor(Process server, int management, Path folder) throws IOException, InterruptedException {
        URI health = URI.create("http://127.0.0.1:" + management + "/healthz");
        while (server.isAlive()) {
            try {
                if (((HttpURLConnection) health.toURL().openConnection()).getResponseCode() == 200) {
                    return;
                }
            } catch (IOException _) {
                // Not up yet.
            }
            server.waitFor(50, TimeUnit.MILLISECONDS);
        }
        throw new IOException("the server did not start: see " + folder.resolve("server.log"));
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException(command + " ended with " + code);
        }
    }

    private static Path python() {
        String cache = System.getenv("ELANUS_CACHE");
        Path home = cache == null ? Path.of(System.getProperty("user.home"), ".cache", "elanus") : Path.of(cache);
        return home.resolve("python/2.6/bin/python");
    }

    private static String java(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
