package dev.elanus.host;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests that arrive while one run is in flight share the next: what arrives alone runs at once, what arrives together runs together.
 * An item is never part of a run that started before it was submitted.
 */
public final class Batcher<I, R> {
    private final Host host;
    private final long maxWeight;
    private final ToLongFunction<I> weigh;
    private final Function<List<I>, List<R>> run;
    private final ArrayDeque<Waiting<I, R>> queue = new ArrayDeque<>();
    private boolean running;

    private record Waiting<I, R>(I item, CompletableFuture<R> result) {}

    /**
     * @param maxWeight of one run's items together; a single item may be heavier
     * @param run gives one result an item, in their order; if it throws, every item of the run fails
     */
    public Batcher(Host host, long maxWeight, ToLongFunction<I> weigh, Function<List<I>, List<R>> run) {
        this.host = host;
        this.maxWeight = maxWeight;
        this.weigh = weigh;
        this.run = run;
    }

    public CompletableFuture<R> submit(I item) {
        CompletableFuture<R> result = new CompletableFuture<>();
        synchronized (queue) {
            queue.add(new Waiting<>(item, result));
            if (running) {
                return result;
            }
            running = true;
        }
        host.start(this::drain);
        return result;
    }

    private @Nullable Void drain() {
        for (List<Waiting<I, R>> next = next(); !next.isEmpty(); next = next()) {
            try {
                List<R> results = run.apply(next.stream().map(Waiting::item).toList());
                for (int i = 0; i < results.size(); i++) {
                    next.get(i).result().complete(results.get(i));
                }
            } catch (Throwable failure) {
                next.forEach(waiting -> waiting.result().completeExceptionally(failure));
            }
        }
        return null;
    }

    private List<Waiting<I, R>> next() {
        List<Waiting<I, R>> taken = new ArrayList<>();
        synchronized (queue) {
            long weight = 0;
            while (!queue.isEmpty()) {
                weight += weigh.applyAsLong(queue.peek().item());
                if (!taken.isEmpty() && weight > maxWeight) {
                    break;
                }
                taken.add(queue.remove());
            }
            running = !taken.isEmpty();
        }
        return taken;
    }
}
