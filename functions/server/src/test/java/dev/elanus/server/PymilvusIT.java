package dev.elanus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Unmodified pymilvus against the packaged server, with a crash in between. Each version of the client has a server, which all scripts of that version
 * use in turn: they must not mind what others leave.
 */
class PymilvusIT {
    private static final int WITHIN_SECONDS = 300;
    private static final Map<String, ServerProcess> SERVERS = new HashMap<>();

    @TempDir
    static Path stores;

    @AfterAll
    static void stop() throws Exception {
        for (ServerProcess server : SERVERS.values()) {
            server.close();
        }
        SERVERS.clear();
    }

    private static ServerProcess server(String version) throws Exception {
        ServerProcess server = SERVERS.get(version);
        if (server == null) {
            server = ServerProcess.serve(Files.createDirectory(stores.resolve(version)));
            SERVERS.put(version, server);
        }
        return server;
    }

    @ParameterizedTest(name = "pymilvus {0}")
    @ValueSource(strings = {"2.4", "2.5", "2.6", "3.0"})
    void answersAreRightAndTheSameAfterACrash(String version, @TempDir Path folder) throws Exception {
        client(version, "write", folder);
        server(version).killAndRestart();
        client(version, "read", folder);
    }

    @ParameterizedTest(name = "pymilvus {0}")
    @ValueSource(strings = {"2.4", "2.5", "2.6", "3.0"})
    void partitionsAreMadeReadAndDropped(String version, @TempDir Path folder) throws Exception {
        run(version, folder, "partitions.py");
    }

    @ParameterizedTest(name = "pymilvus {0}")
    @ValueSource(strings = {"2.4", "2.5", "2.6", "3.0"})
    void databasesAndAliasesAreMadeAndDropped(String version, @TempDir Path folder) throws Exception {
        run(version, folder, "names.py");
    }

    @ParameterizedTest(name = "pymilvus {0}")
    @ValueSource(strings = {"2.4", "2.5", "2.6", "3.0"})
    void collectionsAreAltered(String version, @TempDir Path folder) throws Exception {
        run(version, folder, "alter.py");
    }

    @ParameterizedTest(name = "pymilvus {0}")
    @ValueSource(strings = {"2.4", "2.5", "2.6", "3.0"})
    void vectorsOfEveryTypeAndTextsAreSearched(String version, @TempDir Path folder) throws Exception {
        run(version, folder, "vectors.py");
    }

    @ParameterizedTest(name = "pymilvus {0}")
    @ValueSource(strings = {"2.4", "2.5", "2.6", "3.0"})
    void rowsAreWrittenReplacedChangedAndDeleted(String version, @TempDir Path folder) throws Exception {
        run(version, folder, "writes.py", version);
    }

    @Test
    void arraysOfStructsAreWrittenAndRead(@TempDir Path folder) throws Exception {
        run("2.6", folder, "structs.py");
    }

    @Test
    void timesAndShapesAreFilteredWithAndWithoutIndexes(@TempDir Path folder) throws Exception {
        run("2.6", folder, "times.py");
    }

    @Test
    void readsAreOrderedMarkedAndGrouped(@TempDir Path folder) throws Exception {
        run("2.6", folder, "reads.py");
    }

    @Test
    void everyNumberedErrorCanBeProvoked(@TempDir Path folder) throws Exception {
        run("2.6", folder, "errors.py");
    }

    @Test
    void pingsWithoutCallsAreWelcome(@TempDir Path folder) throws Exception {
        run("2.6", folder, "keepalive.py");
    }

    @Test
    void aRequestThatIsTooLargeIsRefusedWithTheReason(@TempDir Path folder) throws Exception {
        run("2.6", folder, "large.py");
    }

    private static void client(String version, String phase, Path folder) throws Exception {
        String expected = folder.resolve("expected.json").toString();
        run(version, folder, "client.py", phase, expected);
    }

    /** Runs a script of {@code src/test/python}, which says by its exit code whether all is right. */
    private static void run(String version, Path folder, String script, String... arguments) throws Exception {
        ServerProcess server = server(version);
        Path python = Peers.cache().resolve("python").resolve(version).resolve("bin/python");
        assertThat(python).as("infra/peers/python installs it").exists();
        Path out = folder.resolve(script + ".out");
        List<String> command =
                new ArrayList<>(List.of(python.toString(), "-W", "ignore", "src/test/python/" + script, server.uri()));
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
