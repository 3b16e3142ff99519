package dev.elanus.storage;

import dev.elanus.host.Host;
import dev.elanus.host.MachineHost;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;

/** A host whose time passes only when a test says so: a pause takes no real time and moves the clock, and a limited wait ends when it is moved. */
public final class HandHost implements Host, AutoCloseable {
    private record Timer(long at, CompletableFuture<Boolean> rings) {}

    private final MachineHost machine = new MachineHost(2);
    private final RandomGenerator random = new SplittableRandom(7);
    private final List<Timer> timers = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private long now;

    /** Moves the clock on and ends the waits whose limit it passes. */
    public void pass(Duration duration) {
        List<Timer> due;
        synchronized (this) {
            now += duration.toNanos();
            due = timers.stream().filter(timer -> timer.at <= now).toList();
            timers.removeAll(due);
        }
        due.forEach(timer -> timer.rings.complete(true));
    }

    /** Waits, in real time, until somebody waits with a limit. */
    public Duration awaitWaiting() {
        while (true) {
            synchronized (this) {
                if (!timers.isEmpty()) {
                    return Duration.ofNanos(timers.getFirst().at - now);
                }
            }
            Thread.onSpinWait();
        }
    }

    public synchronized List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    @Override
    public InstantSource clock() {
        return InstantSource.offset(machine.clock(), Duration.ZERO);
    }

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized RandomGenerator random() {
        return random;
    }

    @Override
    public <T> CompletableFuture<T> start(Callable<T> task) {
        return machine.start(task);
    }

    @Override
    public <T> CompletableFuture<T> compute(Callable<T> task) {
        return machine.compute(task);
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
        return machine.await(pending);
    }

    @Override
    public boolean await(CompletableFuture<?> pending, Duration limit) {
        if (pending.isDone()) {
            return true;
        }
        Timer timer;
        synchronized (this) {
            timer = new Timer(now + limit.toNanos(), new CompletableFuture<>());
            if (timer.at <= now) {
                return false;
            }
            timers.add(timer);
        }
        try {
            CompletableFuture.anyOf(pending, timer.rings).join();
        } catch (CompletionException _) {
            // Done all the same.
        }
        synchronized (this) {
            timers.remove(timer);
        }
        return pending.isDone();
    }

    @Override
    public void pause(Duration duration) {
        synchronized (this) {
            pauses.add(duration);
        }
        pass(duration);
    }

    @Override
    public void close() {
        machine.close();
    }
}
