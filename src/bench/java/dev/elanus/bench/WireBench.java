package dev.elanus.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The packaged server on a fresh folder under an unmodified pymilvus: durable inserts, recall and latencies over gRPC, and the heap that the server
 * needs for it.
 *
 * <p>{@code WireBench BASE QUERIES TRUTH [KIND,…]}: IDX files of 28 x 28 pictures, gzipped, and .ivecs. Needs {@code ./elanus test} to have installed
 * pymilvus, and the server to be packaged.
 */
public final class WireBench {
    private WireBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 3) {
            System.err.println("usage: bench wire BASE QUERIES TRUTH [KIND,…]");
            System.exit(2);
        }
        String[] kinds = (arguments.length > 3 ? arguments[3] : "HNSW,AUTOINDEX").split(",");
        try (ServedFolder server = ServedFolder.start("wire")) {
            for (String kind : kinds) {
                run(List.of(
                        python().toString(),
                        "-W",
                        "ignore",
                        "src/bench/python/wire.py",
                        server.address().toString(),
                        arguments[0],
                        arguments[1],
                        arguments[2],
                        kind));
            }
            System.out.println(
                    "server, limited to a heap of " + ServedFolder.HEAP_MEGABYTES + " MB, after a collection:");
            run(List.of(ServedFolder.java("jcmd"), "" + server.pid(), "GC.run"));
            run(List.of(ServedFolder.java("jcmd"), "" + server.pid(), "GC.heap_info"));
            Files.readAllLines(Path.of("/proc/" + server.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS") || line.startsWith("Rss"))
                    .forEach(System.out::println);
        }
        System.exit(0);
    }

    static void run(List<String> command) throws IOException, InterruptedException {
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException(command + " ended with " + code);
        }
    }

    static Path python() {
        String cache = System.getenv("ELANUS_CACHE");
        Path home = cache == null ? Path.of(System.getProperty("user.home"), ".cache", "elanus") : Path.of(cache);
        return home.resolve("python/2.6/bin/python");
    }
}
