package dev.elanus.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** hnswlib in a Python process of its own, which searches when it is told to. */
final class HnswlibPeer implements AutoCloseable {
    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final BufferedReader answers;
    private final Writer requests;
    /** Seconds that the build took, by the clock and of the processor. */
    final JsonNode build;

    HnswlibPeer(WarmBench.Files files, int queries, int m, int efConstruction) throws IOException {
        Path script = Path.of("src/bench/python/hnswlib_peer.py");
        process = new ProcessBuilder(List.of(
                        python().toString(),
                        script.toString(),
                        files.base().toString(),
                        files.queries().toString(),
                        files.truth().toString(),
                        Integer.toString(queries),
                        Integer.toString(m),
                        Integer.toString(efConstruction)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader();
        requests = process.outputWriter();
        build = answer();
    }

    Curve.Point search(int ef) throws IOException {
        requests.write(ef + "\n");
        requests.flush();
        JsonNode answer = answer();
        return new Curve.Point(
                ef, answer.get("recall").asDouble(), answer.get("micros").asDouble());
    }

    @Override
    public void close() {
        process.destroy();
    }

    private JsonNode answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("hnswlib ended before it answered");
        }
        return json.readTree(line);
    }

    /** The Python of an environment with hnswlib 0.8.0 and numpy, made on first use. */
    private static Path python() throws IOException {
        String cache = System.getenv("ELANUS_CACHE");
        Path environment = (cache == null
                        ? Path.of(System.getProperty("user.home"), ".cache", "elanus")
                        : Path.of(cache))
                .resolve("venv-bench");
        Path python = environment.resolve("bin").resolve("python");
        if (!Files.exists(python)) {
            run("python3", "-m", "venv", environment.toString());
            run(python.toString(), "-m", "pip", "install", "-q", "numpy", "hnswlib==0.8.0");
        }
        return python;
    }

    private static void run(String... command) throws IOException {
        try {
            int status = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (status != 0) {
                throw new IOException(String.join(" ", command) + ": ended with " + status);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }
}
