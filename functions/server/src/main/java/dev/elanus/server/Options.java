package dev.elanus.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the command line asks for.
 *
 * @param demo whether to fill the store with pictures and show them
 * @param exit whether the demo ends after its numbers
 * @param store a folder or {@code s3://BUCKET/PREFIX}; empty for a fresh folder in the demo, and for {@code elanus-data} here otherwise
 * @param local a folder for what may be lost: mirrored objects and objects under construction; empty for one beside the store
 * @param settings values for the process's configuration, by their names there
 */
record Options(
        boolean demo,
        boolean exit,
        String store,
        String local,
        int port,
        int managementPort,
        SortedMap<String, String> settings) {
    /** Milvus's ports. */
    private static final Options SERVE = new Options(false, false, "elanus-data", "", 19_530, 9091, new TreeMap<>());

    /** Options that are handed on as they are. What they may be, and what is wrong with a value, says who uses it. */
    private static final Map<String, String> HANDED_ON = Map.of(
            "--s3-endpoint", "elanus.s3.endpoint",
            "--s3-region", "elanus.s3.region",
            "--s3-encryption", "elanus.s3.encryption");

    private static final Map<String, String> SWITCHES = Map.of(
            "--s3-path-style", "elanus.s3.path-style",
            "--s3-plain-checksums", "elanus.s3.plain-checksums",
            "--s3-requester-pays", "elanus.s3.requester-pays");

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
            case "demo" -> new Options(true, false, "", "", SERVE.port, SERVE.managementPort, new TreeMap<>());
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
        String name = parts[0];
        if (HANDED_ON.containsKey(name)) {
            return with(HANDED_ON.get(name), value(option, rest));
        }
        if (SWITCHES.containsKey(name)) {
            return with(SWITCHES.get(name), trueOrFalse(option, rest));
        }
        return switch (name) {
            case "--recall-share" -> with("elanus.recall-share", share(option, rest));
            case "--store" -> new Options(demo, exit, value(option, rest), local, port, managementPort, settings);
            case "--local" -> new Options(demo, exit, store, value(option, rest), port, managementPort, settings);
            case "--port" -> new Options(demo, exit, store, local, port(option, rest), managementPort, settings);
            case "--management-port" -> new Options(demo, exit, store, local, port, port(option, rest), settings);
            case "--exit" -> {
                if (!demo) {
                    throw new Misused("--exit belongs to the demo: a server runs until it is stopped");
                }
                yield new Options(true, true, store, local, port, managementPort, settings);
            }
            default ->
                throw new Misused("unknown option '" + option + "': expected --store, --local, --port, "
                        + "--management-port, --recall-share, " + String.join(", ", new TreeSet<>(HANDED_ON.keySet()))
                        + ", "
                        + String.join(", ", new TreeSet<>(SWITCHES.keySet())) + (demo ? " or --exit" : ""));
        };
    }

    private Options with(String setting, String value) {
        SortedMap<String, String> more = new TreeMap<>(settings);
        more.put(setting, value);
        return new Options(demo, exit, store, local, port, managementPort, more);
    }

    private static String trueOrFalse(String option, Deque<String> rest) throws Misused {
        String value = value(option, rest);
        if (!value.equals("true") && !value.equals("false")) {
            throw new Misused(option + ": expected true or false, found '" + value + "'");
        }
        return value;
    }

    private static String value(String option, Deque<String> rest) throws Misused {
        return Optional.ofNullable(rest.poll())
                .filter(value -> !value.isEmpty() && !value.startsWith("--"))
                .orElseThrow(() -> new Misused(option + " needs a value"));
    }

    private static String share(String option, Deque<String> rest) throws Misused {
        String value = value(option, rest);
        try {
            double share = Double.parseDouble(value);
            if (share >= 0 && share <= 1) {
                return value;
            }
        } catch (NumberFormatException _) {
            // Said below, with the shares that are out of range.
        }
        throw new Misused(option + ": expected a share from 0 to 1, found '" + value + "'");
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
