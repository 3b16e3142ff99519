package dev.elanus.server;

import dev.elanus.error.DatabaseException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where the process starts: the command line becomes configuration before anything reads it. */
@QuarkusMain
public class Main {
    private static final int MISUSED = 2;

    private Main() {}

    public static void main(String... arguments) {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (Options.Misused failure) {
            System.err.println("elanus: " + failure.getMessage());
            System.exit(MISUSED);
            return;
        }
        configure("quarkus.http.port", Integer.toString(options.port()));
        configure("quarkus.management.port", Integer.toString(options.managementPort()));
        Path fresh = options.store().isEmpty() ? freshFolder() : null;
        configure(
                "elanus.store",
                fresh == null ? options.store() : fresh.resolve("store").toString());
        configure("elanus.local", options.local());
        configure("elanus.s3.endpoint", options.s3Endpoint());
        configure("elanus.s3.region", options.s3Region());
        Quarkus.run(
                options.demo() ? DemoApplication.class : ServeApplication.class,
                (code, failure) -> {
                    if (fresh != null) {
                        delete(fresh);
                    }
                    if (failure != null) {
                        report(failure);
                    }
                    System.exit(code);
                },
                arguments);
    }

    /** What the engine says in a sentence is told as one; anything else is a bug, and told whole. */
    private static void report(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseException known) {
                System.err.println("elanus: " + known.getMessage());
                return;
            }
        }
        failure.printStackTrace();
    }

    private static Path freshFolder() {
        try {
            return Files.createTempDirectory("elanus-demo-");
        } catch (IOException failure) {
            throw new UncheckedIOException("a folder for the demo", failure);
        }
    }

    /** Removes what the demo stored, as far as it can be removed: it is of no use to anyone. */
    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException failure) {
            System.err.println("elanus: " + folder + " could not be removed: " + failure.getMessage());
        }
    }

    /** Leaves alone what the command line does not say. */
    private static void configure(String name, String value) {
        if (!value.isEmpty()) {
            System.setProperty(name, value);
        }
    }
}
