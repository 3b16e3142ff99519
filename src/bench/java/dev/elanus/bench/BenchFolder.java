package dev.elanus.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for as long as a benchmark runs: it takes gigabytes, and a disk that fills up spoils the next one. */
record BenchFolder(Path path) implements AutoCloseable {
    static BenchFolder create(String name) throws IOException {
        return new BenchFolder(Files.createTempDirectory("elanus-" + name + "-"));
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot delete " + path, failure);
        }
    }
}
