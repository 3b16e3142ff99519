package dev.elanus.server;

import dev.elanus.error.DatabaseException;
import dev.elanus.storage.S3Settings;
import dev.elanus.storage.StoreLocation;
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
        options.settings().forEach(Main::configure);
        configureS3(options);
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

    /** What S3's client is told where our own settings say it in other words. */
    private static void configureS3(Options options) {
        boolean express = options.store().startsWith("s3://")
                && StoreLocation.parse(options.store()) instanceof StoreLocation.Bucket(String name, String _)
                && !S3Settings.isPathStyleUsual(name);
        if (express && !options.settings().containsKey("elanus.s3.path-style")) {
            configure("elanus.s3.path-style", "false");
        }
        if (Boolean.parseBoolean(options.settings().get("elanus.s3.plain-checksums"))) {
            configure("aws.requestChecksumCalculation", "when_required");
            configure("aws.responseChecksumValidation", "when_required");
            configure("quarkus.s3.chunked-encoding", "false");
        }
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
