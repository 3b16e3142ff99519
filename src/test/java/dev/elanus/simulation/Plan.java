package dev.elanus.simulation;

import dev.elanus.schema.ConsistencyLevel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** All that a run is to do, derived from a seed; parts of it can be left out and the rest stays what it was. */
record Plan(long seed, Climate climate, List<Step> steps) {
    /** Values that one step's rows may take. */
    static final int VALUES_A_STEP = 16;
    /** The lane of what happens to processes and to the store. */
    static final int CHAOS = 0;

    private static final int CLIENTS = 6;
    /** Keys up to here are upserted, others inserted, once: Milvus lets an insert double a key, and then promises little. */
    private static final int UPSERTED_KEYS = 40;
    /** Deletes and reads mostly ask for keys among so many that were inserted last. */
    private static final int RECENT_KEYS = 40;

    private static final int LONG_PAUSES = 60;
    private static final long HOUR_MILLIS = 3_600_000;

    /**
     * @param servers processes that serve clients; one more runs jobs
     * @param maintaining servers that also maintain in the background, the first ones
     * @param skewMillis how wrong a process's clock may be at most at the start
     */
    record Climate(Set<Fault> faults, double faultRate, int servers, int maintaining, long skewMillis) {
        int processes() {
            return servers + 1;
        }

        Climate with(Set<Fault> fewer) {
            return new Climate(fewer, faultRate, servers, maintaining, skewMillis);
        }
    }

    /**
     * @param number of the step in the whole plan: what it writes is derived from it
     * @param lane whose steps run one after the other
     * @param process that is asked, where the deed does not say
     */
    record Step(int number, int lane, int process, long pauseMillis, Deed deed) {}

    static Plan of(long seed, int operations) {
        SplittableRandom random = new SplittableRandom(seed);
        int servers = 2 + random.nextInt(2);
        double[] rates = {0, 0.005, 0.02, 0.05};
        Set<Fault> faults = EnumSet.allOf(Fault.class);
        faults.removeIf(_ -> random.nextInt(4) == 0);
        long[] skews = {0, 5_000, HOUR_MILLIS};
        Climate climate = new Climate(
                faults,
                rates[random.nextInt(rates.length)],
                servers,
                random.nextInt(servers),
                skews[random.nextInt(3)]);
        return new Plan(seed, climate, new Steps(random, climate).take(operations));
    }

    Plan with(List<Step> fewer) {
        return new Plan(seed, climate, fewer);
    }

    Plan with(Climate milder) {
        return new Plan(seed, milder, steps);
    }

    String print() {
        StringBuilder text = new StringBuilder("seed " + seed + ", " + climate + "\n");
        for (Step step : steps) {
            text.append("  ")
                    .append(step.lane == CHAOS ? "chaos" : "client " + step.lane + " at process " + step.process)
                    .append(", after ")
                    .append(step.pauseMillis)
                    .append(" ms: #")
                    .append(step.number)
                    .append(' ')
                    .append(step.deed)
                    .append('\n');
        }
        return text.toString();
    }

    /** Draws steps. */
    private static final class Steps {
        private final SplittableRandom random;
        private final Climate climate;
        private final boolean drops;
        /** Between a client's steps, on average: short enough for batches to overtake each other, or long enough for jobs to run in between. */
        private final int pauseMillis;

        private final boolean passes;
        private long nextKey = 1_000;

        Steps(SplittableRandom random, Climate climate) {
            this.random = random;
            this.climate = climate;
            drops = random.nextBoolean();
            pauseMillis = random.nextInt(3) == 0 ? 10 : 400;
            passes = random.nextInt(3) > 0;
        }

        List<Step> take(int operations) {
            List<Step> steps = new ArrayList<>();
            steps.add(new Step(0, 1, 0, 0, new Deed.Create("a")));
            steps.add(new Step(1, 2, 0, 0, new Deed.Create("b")));
            int number = 2;
            for (int client = 0; client < operations; number++) {
                boolean chaos = climate.faultRate > 0 && random.nextInt(25) == 0;
                int lane = chaos ? CHAOS : 1 + random.nextInt(CLIENTS);
                int process = random.nextInt(4) == 0 ? random.nextInt(climate.servers) : lane % climate.servers;
                Deed deed = chaos ? chaos() : deed();
                client += chaos ? 0 : 1;
                long pause = chaos ? random.nextLong(20_000) : pause();
                steps.add(new Step(number, lane, process, pause, deed));
            }
            return List.copyOf(steps);
        }

        /** Mostly short, but now and then so long that garbage is collected meanwhile. */
        private long pause() {
            return passes && random.nextInt(LONG_PAUSES) == 0
                    ? random.nextLong(2 * HOUR_MILLIS)
                    : (long) (-Math.log(1 - random.nextDouble()) * pauseMillis);
        }

        private Deed chaos() {
            int process = random.nextInt(climate.processes());
            return switch (random.nextInt(8)) {
                case 0, 1, 2 ->
                    new Deed.Kill(
                            process,
                            random.nextInt(30),
                            random.nextBoolean(),
                            random.nextLong(random.nextBoolean() ? 5_000 : HOUR_MILLIS),
                            random.nextInt(3) == 0 ? jump() : 0);
                case 3, 4 -> new Deed.Freeze(process, random.nextLong(random.nextBoolean() ? 30_000 : 3 * HOUR_MILLIS));
                case 5 -> new Deed.JumpClock(process, jump());
                case 6 -> new Deed.Outage(random.nextLong(120_000), random.nextBoolean());
                default -> new Deed.Pass(passes ? random.nextLong(2 * HOUR_MILLIS) : random.nextLong(60_000));
            };
        }

        private long jump() {
            return random.nextLong(-24 * HOUR_MILLIS, 24 * HOUR_MILLIS);
        }

        private Deed deed() {
            String collection = random.nextInt(3) == 0 ? "b" : "a";
            int kind = random.nextInt(100);
            if (kind < 14) {
                int rows = 1 + random.nextInt(6);
                long first = nextKey;
                nextKey += rows;
                return new Deed.Insert(collection, first, rows);
            } else if (kind < 28) {
                return new Deed.Upsert(collection, upsertedKeys(1 + random.nextInt(6)));
            } else if (kind < 36) {
                return new Deed.Delete(collection, keys(1 + random.nextInt(4)));
            } else if (kind < 40) {
                long from = someKey();
                return new Deed.DeleteRange(collection, from, from + 1 + random.nextInt(8));
            } else if (kind < 58) {
                return new Deed.Query(collection, level(), keys(1 + random.nextInt(3)));
            } else if (kind < 68) {
                return new Deed.Query(collection, level(), List.of());
            } else if (kind < 78) {
                return new Deed.Count(collection, level());
            } else if (kind < 90) {
                return new Deed.Search(collection, level(), random.nextInt(5_000), 1 + random.nextInt(5));
            } else if (kind < 93) {
                return new Deed.Flush(collection);
            } else if (kind < 96) {
                return new Deed.Maintain(collection, random.nextBoolean());
            } else if (kind < 98 || !drops) {
                return random.nextInt(4) == 0 ? new Deed.Create("a") : new Deed.CollectGarbage();
            }
            return kind == 98 ? new Deed.Drop("b") : new Deed.Create("b");
        }

        private ConsistencyLevel level() {
            return switch (random.nextInt(6)) {
                case 0, 1 -> ConsistencyLevel.STRONG;
                case 2, 3 -> ConsistencyLevel.SESSION;
                case 4 -> ConsistencyLevel.BOUNDED;
                default -> ConsistencyLevel.EVENTUALLY;
            };
        }

        private long someKey() {
            return random.nextBoolean() ? 1 + random.nextInt(UPSERTED_KEYS) : nextKey - 1 - random.nextInt(RECENT_KEYS);
        }

        private List<Long> keys(int count) {
            TreeSet<Long> keys = new TreeSet<>();
            for (int i = 0; i < count; i++) {
                keys.add(someKey());
            }
            return List.copyOf(keys);
        }

        private List<Long> upsertedKeys(int count) {
            TreeSet<Long> keys = new TreeSet<>();
            for (int i = 0; i < count; i++) {
                keys.add(1L + random.nextInt(UPSERTED_KEYS));
            }
            return List.copyOf(keys);
        }
    }
}
