package dev.elanus.engine;

import dev.elanus.host.Host;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** A host with a wall clock of its own. */
record ClockedHost(Host host, InstantSource clock) implements Host {
    @Override
    public long nanoTime() {
        return host.nanoTime();
    }

    @Override
    public RandomGenerator random() {
        return host.random();
    }

    @Override
    public <T> CompletableFuture<T> start(Callable<T> task) {
        return host.start(task);
    }

    @Override
    public <T> CompletableFuture<T> compute(Callable<T> task) {
        return host.compute(task);
    }

    @Override
    public Host background() {
        return new ClockedHost(host.background(), clock);
    }

    @Override
    public int computeWidth() {
        return host.computeWidth();
    }

    @Override
    public <T> T await(CompletableFuture<T> pending) {
        return host.await(pending);
    }

    @Override
    public boolean await(CompletableFuture<?> pending, Duration limit) {
        return host.await(pending, limit);
    }

    @Override
    public void pause(Duration duration) {
        host.pause(duration);
    }
}
