package dev.elanus.simulation;

import dev.elanus.engine.ElanusDatabase;
import dev.elanus.engine.EngineSettings;
import dev.elanus.engine.Maintenance;
import dev.elanus.engine.MemoryLimits;
import dev.elanus.error.DatabaseException;
import dev.elanus.log.LogLimits;
import dev.elanus.maintenance.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** One process, through its lives: a server, or a builder that runs jobs. */
final class SimulatedProcess implements SimulatedStore.Death {
    static final Duration BOUND = Duration.ofMillis(400);
    static final Duration GRACE = Duration.ofMinutes(20);
    static final Duration LONG_GRACE = Duration.ofMinutes(60);
    /** Longer than any process is frozen. */
    static final Duration TOMBSTONE = Duration.ofHours(12);

    private static final Policy POLICY =
            new Policy(16_000, Duration.ofSeconds(20), 1 << 20, 2, 0.3, GRACE, LONG_GRACE, TOMBSTONE);
    private static final long MIRROR_BYTES = 400_000;
    private static final Duration REOPEN = Duration.ofSeconds(2);

    private final Scheduler scheduler;
    private final Bucket bucket;
    private final Weather weather;
    private final SplittableRandom random;
    private final Path folder;
    private final boolean builds;
    private final boolean maintains;

    private final Set<CompletableFuture<?>> calls = new LinkedHashSet<>();
    private SimulatedHost host;
    private ElanusDatabase database;
    private Maintenance maintenance;
    private double rate = 1;
    private long offsetMillis;
    private boolean up;
    private int life;
    private int ends;
    private long requestsLeft = -1;
    private boolean diesApplied;
    private boolean diesAfterEffect;
    private long downMillis;

    /** The process that was asked died before it answered. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Died() {
            super("the process died", null, false, false);
        }
    }

    SimulatedProcess(
            Scheduler scheduler,
            Bucket bucket,
            Weather weather,
            SplittableRandom random,
            Path folder,
            boolean builds,
            boolean maintains,
            long skewMillis) {
        this.scheduler = scheduler;
        this.bucket = bucket;
        this.weather = weather;
        this.random = random;
        this.folder = folder;
        this.builds = builds;
        this.maintains = maintains;
        offsetMillis = skewMillis == 0 ? 0 : random.nextLong(-skewMillis, skewMillis);
        rate = skewMillis == 0 ? 1 : 1 + random.nextDouble(-1e-4, 1e-4);
    }

    /** Starts the process; it is up some time later, unless it is killed before. */
    void boot() {
        SimulatedHost born = new SimulatedHost(scheduler, random.split(), rate, offsetMillis);
        host = born;
        life++;
        requestsLeft = -1;
        diesAfterEffect = false;
        SimulatedStore store = new SimulatedStore(bucket, scheduler, weather, born, this);
        EngineSettings settings = new EngineSettings(
                folder,
                MIRROR_BYTES,
                BOUND,
                limits(),
                POLICY,
                new MemoryLimits(1 << 28, 3, 1 << 28, 100),
                maintains,
                random.nextBoolean(),
                0);
        scheduler.start(born, () -> {
            while (true) {
                try {
                    if (builds) {
                        maintenance = Maintenance.open(store, born, settings);
                    } else {
                        database = ElanusDatabase.open(store, born, settings);
                    }
                    up = true;
                    return true;
                } catch (DatabaseException unreachable) {
                    born.pause(REOPEN);
                }
            }
        });
    }

    /** Batches of one write, of a few, or of all that came together. */
    private LogLimits limits() {
        long[] batchBytes = {64, 250, 4_000};
        LogLimits defaults = LogLimits.defaults();
        return new LogLimits(
                defaults.unsealedBytes(),
                defaults.queuedBytes(),
                batchBytes[random.nextInt(batchBytes.length)],
                Duration.ofMinutes(5));
    }

    boolean isUp() {
        return up;
    }

    int life() {
        return life;
    }

    /** How often the process ended. */
    int ends() {
        return ends;
    }

    SimulatedHost host() {
        return host;
    }

    ElanusDatabase database() {
        return database;
    }

    Maintenance maintenance() {
        return maintenance;
    }

    /** Does something in the process; fails with {@link Died} if the process dies first. */
    <T> CompletableFuture<T> call(Callable<T> work) {
        CompletableFuture<T> reply = new CompletableFuture<>();
        calls.add(reply);
        scheduler.start(host, work).whenComplete((value, failure) -> {
            calls.remove(reply);
            if (failure == null) {
                reply.complete(value);
            } else {
                reply.completeExceptionally(failure);
            }
        });
        return reply;
    }

    /** Lets the process die at one of its next requests. */
    void doom(Deed.Kill kill) {
        requestsLeft = kill.afterRequests();
        diesApplied = kill.applied();
        downMillis = kill.downMillis();
        offsetMillis += kill.clockJumpMillis();
    }

    void jumpClock(long millis) {
        offsetMillis += millis;
        host.jumpClock(millis);
    }

    /** Sets the clock right for the next life. */
    void setClock() {
        offsetMillis = 0;
    }

    @Override
    public boolean beforeRequest() {
        if (requestsLeft != 0) {
            requestsLeft = Math.max(-1, requestsLeft - 1);
            return false;
        }
        requestsLeft = -1;
        diesAfterEffect = diesApplied;
        return !diesApplied;
    }

    @Override
    public boolean afterEffect() {
        boolean dies = diesAfterEffect;
        diesAfterEffect = false;
        return dies;
    }

    @Override
    public void die() {
        stop();
        spoilFiles();
        int death = ends;
        scheduler.after(downMillis * 1_000_000, () -> {
            if (ends == death) {
                boot();
            }
        });
    }

    /** Ends this life, for good unless {@link #boot} is called. */
    void stop() {
        ends++;
        if (host.isDead()) {
            return;
        }
        up = false;
        host.kill();
        // What the operating system does for a dead process: its locks are gone.
        if (database != null) {
            database.close();
        }
        if (maintenance != null) {
            maintenance.close();
        }
        database = null;
        maintenance = null;
        List<CompletableFuture<?>> unanswered = List.copyOf(calls);
        calls.clear();
        unanswered.forEach(call -> call.completeExceptionally(new Died()));
    }

    /** Pages that were not written back when the machine went down. */
    private void spoilFiles() {
        if (random.nextInt(3) > 0 || !Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files =
                    all.filter(file -> file.toString().contains("@")).sorted().toList();
            for (Path file : files) {
                if (random.nextBoolean()) {
                    byte[] bytes = Files.readAllBytes(file);
                    bytes[random.nextInt(bytes.length)] ^= 0x10;
                    Files.write(file, bytes, StandardOpenOption.WRITE);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
