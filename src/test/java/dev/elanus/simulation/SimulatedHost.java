package dev.elanus.simulation;

import dev.elanus.host.Host;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;

/** What one simulated process has of the world: its own wall clock, its own chance, and a share of the scheduler. */
final class SimulatedHost implements Host {
    /** The true time at the start of a run, milliseconds since 1970. */
    static final long EPOCH_MILLIS = 1_800_000_000_000L;

    private static final int YIELDS = 8;

    private final Scheduler scheduler;
    private final SplittableRandom random;
    /** Nanoseconds that this process counts in a true second, divided by 10⁹. */
    private final double rate;

    private long clockOffsetMillis;
    private boolean dead;
    private long frozenUntilNanos;

    SimulatedHost(Scheduler scheduler, SplittableRandom random, double rate, long clockOffsetMillis) {
        this.scheduler = scheduler;
        this.random = random;
        this.rate = rate;
        this.clockOffsetMillis = clockOffsetMillis;
    }

    boolean isDead() {
        return dead;
    }

    /** None of its tasks goes on. */
    void kill() {
        dead = true;
    }

    long frozenUntilNanos() {
        return frozenUntilNanos;
    }

    void freezeUntil(long nanos) {
        frozenUntilNanos = Math.max(frozenUntilNanos, nanos);
    }

    void thaw() {
        frozenUntilNanos = 0;
    }

    void jumpClock(long millis) {
        clockOffsetMillis += millis;
    }

    @Override
    public InstantSource clock() {
        return new InstantSource() {
            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(millis());
            }

            @Override
            public long millis() {
                return EPOCH_MILLIS + clockOffsetMillis + (long) (scheduler.nowNanos() * rate) / 1_000_000;
            }
        };
    }

    @Override
    public long nanoTime() {
        return (long) (scheduler.nowNanos() * rate);
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public <T> CompletableFuture<T> start(Callable<T> task) {
        return scheduler.start(this, task);
    }

    @Override
    public <T> CompletableFuture<T> compute(Callable<T> task) {
        return scheduler.start(this, task);
    }

    @Override
    public Host background() {
        return this;
    }

    @Override
    public int computeWidth() {
        return 2;
    }

    @Override
    public <T> T await(CompletableFuture<T> pending) {
        if (pending.isDone() && random.nextInt(YIELDS) == 0) {
            scheduler.letOthersGo();
        }
        scheduler.await(pending);
        try {
            return pending.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failure.getCause() instanceof Error cause) {
                throw cause;
            }
            throw failure;
        }
    }

    @Override
    public boolean await(CompletableFuture<?> pending, Duration limit) {
        return scheduler.await(pending, limit.toNanos());
    }

    @Override
    public void pause(Duration duration) {
        scheduler.pause(duration.toNanos());
    }
}
