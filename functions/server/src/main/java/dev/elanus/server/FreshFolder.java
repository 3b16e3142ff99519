package dev.elanus.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder for one run of the demo: made before the start, removed when the database is closed. */
final class FreshFolder {
    private FreshFolder() {}

    static Path create() {
        try {
            return Files.createTempDirectory("elanus-demo-");
        } catch (IOException failure) {
            throw new UncheckedIOException("a folder for the demo", failure);
        }
    }

    /** Removes the folder as far as it can be removed: what stays is of no use to anyone. */
    static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException failure) {
            System.err.println("elanus: " + folder + " could not be removed: " + failure.getMessage());
        }
    }
}
