package dev.elanus.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A library in a Python process of its own, which searches when it is told to. */
final class PythonPeer implements Peer {
    private static final List<String> PACKAGES = List.of("numpy", "hnswlib==0.8.0", "faiss-cpu==1.15.1");

    private final ObjectMapper json = new ObjectMapper();
    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final Writer requests;
    private final double buildSeconds;

    /** @param library its name, then what {@code peer.py} takes for it */
    PythonPeer(WarmData data, String name, List<String> library) throws IOException {
        this.name = name;
        Path script = Path.of("src/bench/python/peer.py");
        List<String> command = new ArrayList<>(List.of(
                python().toString(),
                script.toString(),
                data.baseFile().toString(),
                data.queryFile().toString(),
                data.boundsFile().toString(),
                Integer.toString(data.queries().length)));
        command.addAll(library);
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader();
        requests = process.outputWriter();
        buildSeconds = answer().get("cpu").asDouble();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double buildSeconds() {
        return buildSeconds;
    }

    @Override
    public Curve.Point search(int parameter) throws IOException {
        requests.write(parameter + "\n");
        requests.flush();
        JsonNode answer = answer();
        return new Curve.Point(
                parameter, answer.get("recall").asDouble(), answer.get("micros").asDouble());
    }

    @Override
    public void close() {
        process.destroy();
    }

    private JsonNode answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException(name + " ended before it answered");
        }
        return json.readTree(line);
    }

    /** The Python of an environment with the libraries, made on first use. */
    private static Path python() throws IOException {
        String cache = System.getenv("ELANUS_CACHE");
        Path environment = (cache == null
                        ? Path.of(System.getProperty("user.home"), ".cache", "elanus")
                        : Path.of(cache))
                .resolve("venv-bench");
        Path python = environment.resolve("bin").resolve("python");
        Path installed = environment.resolve("installed");
        if (!Files.exists(installed) || !Files.readString(installed).equals(PACKAGES.toString())) {
            run(List.of("python3", "-m", "venv", environment.toString()));
            List<String> install = new ArrayList<>(List.of(python.toString(), "-m", "pip", "install", "-q"));
            install.addAll(PACKAGES);
            run(install);
            Files.writeString(installed, PACKAGES.toString());
        }
        return python;
    }

    private static void run(List<String> command) throws IOException {
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
