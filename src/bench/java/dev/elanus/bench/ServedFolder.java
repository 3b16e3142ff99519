package dev.elanus.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged server in a process of its own, on a fresh folder, with the heap that the launcher gives it. */
record ServedFolder(Process process, URI address, BenchFolder files) implements AutoCloseable {
    private static final Path JAR = Path.of("functions/server/target/quarkus-app/quarkus-run.jar");
    static final int HEAP_MEGABYTES = 512;
    private static final int STOPS_WITHIN_SECONDS = 60;

    static ServedFolder start(String name) throws IOException, InterruptedException {
        BenchFolder files = BenchFolder.create(name);
        Path folder = files.path();
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
        waitFor(server, management, folder);
        return new ServedFolder(server, URI.create("http://127.0.0.1:" + port), files);
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        // A server that stops still writes.
        process.onExit().orTimeout(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS).join();
        files.close();
    }

    /** A tool of the JDK that runs this. */
    static String java(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
