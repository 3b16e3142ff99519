package dev.elanus.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** {@code ./elanus simulate --operations N --seed S}: runs of a few hundred operations each until there are enough, or something is wrong. */
public final class Simulate {
    static final int OPERATIONS_A_RUN = 300;
    private static final int SHRINKING_RUNS = 500;
    private static final long SECOND = 1_000_000_000L;

    private final Map<String, Long> happened = new TreeMap<>();
    private long operations;
    private long checks;
    private long runs;
    /** Equal for equal runs, on every machine. */
    private long trace;

    private Simulate() {}

    /** Ends with 1 if something was wrong. */
    public static void main(String[] arguments) {
        long operations = 100_000;
        long seed = System.nanoTime();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            switch (arguments[i]) {
                case "--operations" -> operations = Long.parseLong(arguments[i + 1]);
                case "--seed" -> seed = Long.parseLong(arguments[i + 1]);
                default -> {
                    System.err.println("simulate: expected --operations N or --seed S, found " + arguments[i]);
                    System.exit(2);
                }
            }
        }
        System.exit(new Simulate().run(operations, seed) ? 0 : 1);
    }

    private boolean run(long wanted, long firstSeed) {
        long started = System.nanoTime();
        long told = started;
        boolean isRight = true;
        for (long seed = firstSeed; operations < wanted && isRight; seed++) {
            Plan plan = Plan.of(seed, OPERATIONS_A_RUN);
            Universe.Result result = run(plan);
            runs++;
            operations += plan.steps().stream()
                    .filter(step -> step.lane() != Plan.CHAOS)
                    .count();
            checks += result.checks();
            trace = trace * 31 + result.trace();
            result.happened().forEach((what, count) -> happened.merge(what, (long) count, Long::sum));
            isRight = result.violations().isEmpty();
            if (!isRight) {
                tell(plan, result);
            }
            if (System.nanoTime() - told > SECOND) {
                told = System.nanoTime();
                System.out.println(operations + " operations, " + operations * SECOND / (told - started)
                        + " a second, seed " + seed);
            }
        }
        long nanos = System.nanoTime() - started;
        System.out.println(runs + " runs, " + operations + " operations, " + checks + " checks, " + (isRight ? 0 : 1)
                + " violations, " + nanos / SECOND + " s, trace "
                + Long.toHexString(trace));
        System.out.println("what happened: " + happened);
        return isRight;
    }

    private static void tell(Plan plan, Universe.Result result) {
        System.out.println("seed " + plan.seed() + ":\n  " + String.join("\n  ", result.violations()));
        System.out.println("making it smaller …");
        Plan small = new Shrinker(tried -> !run(tried).violations().isEmpty(), SHRINKING_RUNS).shrink(plan);
        Universe.Result again = run(small);
        System.out.println(small.print() + "which gives\n  " + String.join("\n  ", again.violations()));
        System.out.println("after this history:");
        again.notes().forEach(note -> System.out.println("  " + ReadChecker.tell(note)));
    }

    /** Runs a plan in a folder of its own, in memory if the machine has such. */
    static Universe.Result run(Plan plan) {
        Path memory = Path.of("/dev/shm");
        try {
            Path folder = Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "elanus-simulation-")
                    : Files.createTempDirectory("elanus-simulation-");
            try {
                return Universe.run(plan, folder);
            } finally {
                delete(folder);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
