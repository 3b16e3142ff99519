package dev.elanus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unmodified pymilvus against the packaged server, with a crash in between. */
class PymilvusIT {
    @ParameterizedTest(name = "pymilvus {0}")
    @ValueSource(strings = {"2.4", "2.5", "2.6"})
    void answersAreRightAndTheSameAfterACrash(String version, @TempDir Path folder) throws Exception {
        try (ServerProcess server = ServerProcess.serve(folder)) {
            run(version, server, "write", folder);
            server.killAndRestart();
            run(version, server, "read", folder);
        }
    }

    private static void run(String version, ServerProcess server, String phase, Path folder) throws Exception {
        Path python = Peers.cache().resolve("python").resolve(version).resolve("bin/python");
        assertThat(python).as("infra/peers/python installs it").exists();
        Path out = folder.resolve(phase + ".out");
        Process client = new ProcessBuilder(
                        python.toString(),
                        "-W",
                        "ignore",
                        "src/test/python/client.py",
                        server.uri(),
                        phase,
                        folder.resolve("expected.json").toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        int code = client.waitFor();
        assertThat(code)
                .as(() -> "pymilvus " + version + ", " + phase + ":\n" + read(out) + "\nserver:\n" + tail(server))
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
