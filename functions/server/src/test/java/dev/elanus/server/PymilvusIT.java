package dev.elanus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unmodified pymilvus against the packaged server, with a crash in between. */
class PymilvusIT {
    private static final int WITHIN_SECONDS = 300;

    @ParameterizedTest(name = "pymilvus {0}")
    @ValueSource(strings = {"2.4", "2.5", "2.6", "3.0"})
    void answersAreRightAndTheSameAfterACrash(String version, @TempDir Path folder) throws Exception {
        try (ServerProcess server = ServerProcess.serve(folder)) {
            client(version, server, "write", folder);
            server.killAndRestart();
            client(version, server, "read", folder);
        }
    }

    @ParameterizedTest(name = "pymilvus {0}")
    @ValueSource(strings = {"2.4", "2.5", "2.6", "3.0"})
    void partitionsAreMadeReadAndDropped(String version, @TempDir Path folder) throws Exception {
        try (ServerProcess server = ServerProcess.serve(folder)) {
            run(version, server, folder, "partitions.py", server.uri());
        }
    }

    @ParameterizedTest(name = "pymilvus {0}")
    @ValueSource(strings = {"2.4", "2.5", "2.6", "3.0"})
    void databasesAndAliasesAreMadeAndDropped(String version, @TempDir Path folder) throws Exception {
        try (ServerProcess server = ServerProcess.serve(folder)) {
            run(version, server, folder, "names.py", server.uri());
        }
    }

    @ParameterizedTest(name = "pymilvus {0}")
    @ValueSource(strings = {"2.4", "2.5", "2.6", "3.0"})
    void collectionsAreAltered(String version, @TempDir Path folder) throws Exception {
        try (ServerProcess server = ServerProcess.serve(folder)) {
            run(version, server, folder, "alter.py", server.uri());
        }
    }

    @ParameterizedTest(name = "pymilvus {0}")
    @ValueSource(strings = {"2.4", "2.5", "2.6", "3.0"})
    void vectorsOfEveryTypeAndTextsAreSearched(String version, @TempDir Path folder) throws Exception {
        try (ServerProcess server = ServerProcess.serve(folder)) {
            run(version, server, folder, "vectors.py", server.uri());
        }
    }

    @ParameterizedTest(name = "pymilvus {0}")
    @ValueSource(strings = {"2.4", "2.5", "2.6", "3.0"})
    void rowsAreWrittenReplacedChangedAndDeleted(String version, @TempDir Path folder) throws Exception {
        try (ServerProcess server = ServerProcess.serve(folder)) {
            run(version, server, folder, "writes.py", server.uri(), version);
        }
    }

    @Test
    void arraysOfStructsAreWrittenAndRead(@TempDir Path folder) throws Exception {
        try (ServerProcess server = ServerProcess.serve(folder)) {
            run("2.6", server, folder, "structs.py", server.uri());
        }
    }

    @Test
    void timesAndShapesAreFilteredWithAndWithoutIndexes(@TempDir Path folder) throws Exception {
        try (ServerProcess server = ServerProcess.serve(folder)) {
            run("2.6", server, folder, "times.py", server.uri());
        }
    }

    @Test
    void readsAreOrderedMarkedAndGrouped(@TempDir Path folder) throws Exception {
        try (ServerProcess server = ServerProcess.serve(folder)) {
            run("2.6", server, folder, "reads.py", server.uri());
        }
    }

    @Test
    void everyNumberedErrorCanBeProvoked(@TempDir Path folder) throws Exception {
        try (ServerProcess server = ServerProcess.serve(folder)) {
            run("2.6", server, folder, "errors.py", server.uri());
        }
    }

    @Test
    void pingsWithoutCallsAreWelcome(@TempDir Path folder) throws Exception {
        try (ServerProcess server = ServerProcess.serve(folder)) {
            run("2.6", server, folder, "keepalive.py", "127.0.0.1:" + server.port());
        }
    }

    @Test
    void aRequestThatIsTooLargeIsRefusedWithTheReason(@TempDir Path folder) throws Exception {
        try (ServerProcess server = ServerProcess.serve(folder)) {
            run("2.6", server, folder, "large.py", server.uri());
        }
    }

    private static void client(String version, ServerProcess server, String phase, Path folder) throws Exception {
        String expected = folder.resolve("expected.json").toString();
        run(version, server, folder, "client.py", server.uri(), phase, expected);
    }

    /** Runs a script of {@code src/test/python}, which says by its exit code whether all is right. */
    private static void run(String version, ServerProcess server, Path folder, String script, String... arguments)
            throws Exception {
        Path python = Peers.cache().resolve("python").resolve(version).resolve("bin/python");
        assertThat(python).as("infra/peers/python installs it").exists();
        Path out = folder.resolve(script + ".out");
        List<String> command = new ArrayList<>(List.of(python.toString(), "-W", "ignore", "src/test/python/" + script));
        command.addAll(List.of(arguments));
        Process client = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (!client.waitFor(WITHIN_SECONDS, TimeUnit.SECONDS)) {
            client.destroyForcibly().waitFor();
        }
        assertThat(client.exitValue())
                .as(() -> "pymilvus " + version + ", " + command + ":\n" + read(out) + "\nserver:\n" + tail(server))
                .isZero();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException failure) {
            return failure.toString();
        }
    }

    private static String tail(ServerProcess server) {
        try {
            String log = server.log();
            return log.substring(Math.max(0, log.length() - 4000));
        } catch (java.io.IOException failure) {
            return failure.toString();
        }
    }
}
