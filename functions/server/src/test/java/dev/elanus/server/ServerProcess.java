package dev.elanus.server;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged server as a process of its own, on ports that were free. */
public final class ServerProcess implements AutoCloseable {
    private static final int STARTS_WITHIN_SECONDS = 60;
    private final Path log;
    private final List<String> command;
    private final Map<String, String> environment;
    private final int port;
    private final int managementPort;
    private Process process;

    private ServerProcess(Path folder, Map<String, String> environment, List<String> arguments) throws IOException {
        this.environment = environment;
        port = freePort();
        managementPort = freePort();
        log = folder.resolve("server.log");
        command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                "-jar",
                jar().toString()));
        command.addAll(arguments);
        command.addAll(List.of("--port", "" + port, "--management-port", "" + managementPort));
        start();
    }

    /** A server over {@code folder/store}; its log is {@code folder/server.log}. */
    public static ServerProcess serve(Path folder) throws IOException {
        return new ServerProcess(
                folder,
                Map.of(),
                List.of("serve", "--store", folder.resolve("store").toString()));
    }

    /** A server started with these arguments; its log is {@code folder/server.log}. */
    public static ServerProcess with(Path folder, String... arguments) throws IOException {
        return with(folder, Map.of(), arguments);
    }

    /** As {@link #with(Path, String...)}, with more in its environment. */
    public static ServerProcess with(Path folder, Map<String, String> environment, String... arguments)
            throws IOException {
        return new ServerProcess(folder, environment, List.of(arguments));
    }

    public String uri() {
        return "http://127.0.0.1:" + port;
    }

    public String managementUri() {
        return "http://127.0.0.1:" + managementPort;
    }

    public int port() {
        return port;
    }

    /** Ends the process as a crash would, and starts another over the same store. */
    public void killAndRestart() throws IOException {
        kill();
        start();
    }

    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
        }
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    /** Waits until the process ends by itself. @return its exit code, or -1 if it did not end in time */
    public int waitFor(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                kill();
                throw new AssertionError("the server did not stop within 20 s: see " + log);
            }
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
        }
    }

    private void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
        for (int look = 0; look < STARTS_WITHIN_SECONDS * 10; look++) {
            if (healthy()) {
                return;
            }
            if (!process.isAlive()) {
                break;
            }
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        String how = process.isAlive() ? "is not healthy" : "ended with exit code " + process.exitValue();
        process.destroyForcibly();
        throw new AssertionError("the server did not start: it " + how + "\n" + log());
    }

    private boolean healthy() {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create(managementUri() + "/healthz").toURL().openConnection();
            return connection.getResponseCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Path jar() {
        Path jar = Path.of(System.getProperty("elanus.server", "target/quarkus-app/quarkus-run.jar"));
        if (!Files.exists(jar)) {
            throw new AssertionError(jar.toAbsolutePath() + " is missing: 'mvn package' makes it");
        }
        return jar;
    }
}
