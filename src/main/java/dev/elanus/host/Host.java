package dev.elanus.host;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * The one source of time, chance and threads. Code that waits on something that another task does, waits through {@link #await}; a short
 * {@code synchronized} block that neither waits nor does I/O needs no host. Implementations are safe for use from many threads.
 */
public interface Host {
    /** The wall clock, which may jump in either direction. */
    InstantSource clock();

    /** Nanoseconds from an arbitrary origin that never go back, a suspended machine's time included: for durations, time-outs and latencies. */
    long nanoTime();

    RandomGenerator random();

    /** Starts a task that mostly waits for I/O or for other tasks. */
    <T> CompletableFuture<T> start(Callable<T> task);

    /** Starts a task that mostly computes, on a pool as wide as the machine. It must not wait for another task. */
    <T> CompletableFuture<T> compute(Callable<T> task);

    /** A host whose computing tasks do not keep this one's waiting, for work that takes long. All else is shared. */
    Host background();

    /** The number of tasks that {@link #compute} runs at the same time. */
    int computeWidth();

    /**
     * Waits until {@code pending} is done.
     *
     * @throws RuntimeException the task's own unchecked exception, unwrapped
     */
    <T> T await(CompletableFuture<T> pending);

    /**
     * Waits until {@code pending} is done, or for {@code limit}, whichever is first.
     *
     * @return whether it is done
     */
    boolean await(CompletableFuture<?> pending, Duration limit);

    /** What the machine can be told of mapped files. */
    default Paging paging() {
        return Paging.NONE;
    }

    /** Waits for {@code duration}. */
    void pause(Duration duration);
}
