package dev.elanus.server;

import dev.elanus.error.DatabaseException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.nio.file.Path;

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
        if (options.store().isEmpty()) {
            Path fresh = FreshFolder.create();
            configure("elanus.fresh", fresh.toString());
            configure("elanus.store", fresh.resolve("store").toString());
        }
        configure("elanus.store", options.store());
        configure("elanus.local", options.local());
        configure("elanus.s3.endpoint", options.s3Endpoint());
        configure("elanus.s3.region", options.s3Region());
        // The store decides what is tried again, because only it knows what a retried write may meet.
        configure("aws.maxAttempts", "1");
        Quarkus.run(
                options.demo() ? DemoApplication.class : ServeApplication.class,
                (code, failure) -> {
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

    /** Leaves alone what the command line does not say. */
    private static void configure(String name, String value) {
        if (!value.isEmpty()) {
            System.setProperty(name, value);
        }
    }
}
