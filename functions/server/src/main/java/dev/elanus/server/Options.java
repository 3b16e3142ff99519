package dev.elanus.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param demo whether to fill the store with pictures and show them
 * @param exit whether the demo ends after its numbers
 * @param store a folder or {@code s3://BUCKET/PREFIX}; empty for a fresh folder in the demo, and for {@code elanus-data} here otherwise
 * @param local a folder for what may be lost: mirrored objects and objects under construction; empty for one beside the store
 * @param s3Endpoint of an S3-compatible server, or empty for AWS's own
 */
record Options(
        boolean demo,
        boolean exit,
        String store,
        String local,
        int port,
        int managementPort,
        String s3Endpoint,
        String s3Region) {
    /** Milvus's ports. */
    private static final Options SERVE = new Options(false, false, "elanus-data", "", 19_530, 9091, "", "");

    /** The text of a refusal and how it would be right. */
    static final class Misused extends Exception {
        private static final long serialVersionUID = 1L;

        Misused(String message) {
            super(message);
        }
    }

    /** @param arguments the verb, then options; no verb means {@code serve} */
    static Options parse(String... arguments) throws Misused {
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        String verb = rest.isEmpty() || rest.peek().startsWith("-") ? "serve" : rest.pop();
        Options options = switch (verb) {
            case "serve" -> SERVE;
            case "demo" -> new Options(true, false, "", "", SERVE.port, SERVE.managementPort, "", "");
            default -> throw new Misused("unknown verb '" + verb + "': expected serve or demo");
        };
        while (!rest.isEmpty()) {
            options = options.with(rest.pop(), rest);
        }
        return options;
    }

    private Options with(String option, Deque<String> rest) throws Misused {
        String[] parts = option.split("=", 2);
        if (parts.length == 2) {
            rest.push(parts[1]);
        }
        return switch (parts[0]) {
            case "--store" ->
                new Options(demo, exit, value(option, rest), local, port, managementPort, s3Endpoint, s3Region);
            case "--local" ->
                new Options(demo, exit, store, value(option, rest), port, managementPort, s3Endpoint, s3Region);
            case "--port" ->
                new Options(demo, exit, store, local, port(option, rest), managementPort, s3Endpoint, s3Region);
            case "--management-port" ->
                new Options(demo, exit, store, local, port, port(option, rest), s3Endpoint, s3Region);
            case "--s3-endpoint" ->
                new Options(demo, exit, store, local, port, managementPort, value(option, rest), s3Region);
            case "--s3-region" ->
                new Options(demo, exit, store, local, port, managementPort, s3Endpoint, value(option, rest));
            case "--exit" -> {
                if (!demo) {
                    throw new Misused("--exit belongs to the demo: a server runs until it is stopped");
                }
                yield new Options(true, true, store, local, port, managementPort, s3Endpoint, s3Region);
            }
            default ->
                throw new Misused(
                        "unknown option '" + option + "': expected --store, --local, --port, --management-port, "
                                + "--s3-endpoint, --s3-region" + (demo ? " or --exit" : ""));
        };
    }

    private static String value(String option, Deque<String> rest) throws Misused {
        return Optional.ofNullable(rest.poll())
                .filter(value -> !value.isEmpty() && !value.startsWith("--"))
                .orElseThrow(() -> new Misused(option + " needs a value"));
    }

    private static int port(String option, Deque<String> rest) throws Misused {
        String value = value(option, rest);
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException _) {
            // Said below, with the ports that are out of range.
        }
        throw new Misused(option + ": expected a port from 0 to 65535, found '" + value + "'");
    }
}
