package dev.elanus.host;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/** The real machine: the system's clocks, a virtual thread for each task that waits, and one platform thread a core for computing. */
public final class MachineHost implements Host, AutoCloseable {
    private final SteadyClock steady;
    private final int width;
    private final ExecutorService waiting;
    private final ExecutorService computing;
    private final Host background;
    private final Paging paging;

    /** @param computeWidth how many tasks compute at the same time, at least 1 */
    public MachineHost(int computeWidth) {
        width = computeWidth;
        steady = new SteadyClock(System::nanoTime, InstantSource.system());
        waiting = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("elanus-wait-", 0).factory());
        computing = pool(computeWidth, "elanus-compute-");
        paging = LinuxPaging.orNone(System::nanoTime);
        background = new MachineHost(computeWidth, waiting, steady, paging);
    }

    /** The background of a host: it shares the waiting tasks and has its own pool, whose threads start with their first task. */
    private MachineHost(int computeWidth, ExecutorService waiting, SteadyClock steady, Paging paging) {
        width = computeWidth;
        this.steady = steady;
        this.waiting = waiting;
        computing = pool(computeWidth, "elanus-background-");
        background = this;
        this.paging = paging;
    }

    /** A host that computes on every core. */
    public MachineHost() {
        this(Runtime.getRuntime().availableProcessors());
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public long nanoTime() {
        return steady.nanoTime();
    }

    @Override
    public RandomGenerator random() {
        return ThreadLocalRandom.current();
    }

    @Override
    public <T> CompletableFuture<T> start(Callable<T> task) {
        return submit(waiting, task);
    }

    @Override
    public <T> CompletableFuture<T> compute(Callable<T> task) {
        return submit(computing, task);
    }

    @Override
    public Host background() {
        return background;
    }

    @Override
    public Paging paging() {
        return paging;
    }

    @Override
    public int computeWidth() {
        return width;
    }

    @Override
    public <T> T await(CompletableFuture<T> pending) {
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
        try {
            pending.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException _) {
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return pending.isDone();
        }
    }

    @Override
    public void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tasks that run are interrupted; none is started afterwards. */
    @Override
    public void close() {
        waiting.shutdownNow();
        computing.shutdownNow();
        if (background instanceof MachineHost other && other != this) {
            other.computing.shutdownNow();
        }
    }

    private static ExecutorService pool(int width, String name) {
        return Executors.newFixedThreadPool(
                width, Thread.ofPlatform().daemon().name(name, 0).factory());
    }

    private static <T> CompletableFuture<T> submit(ExecutorService executor, Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        executor.execute(() -> {
            try {
                result.complete(task.call());
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }
}
