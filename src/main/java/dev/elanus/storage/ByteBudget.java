package dev.elanus.storage;

import dev.elanus.host.Host;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** Bounds the bytes that are on their way at the same time; who comes first is served first. */
final class ByteBudget {
    private record Waiting(long bytes, CompletableFuture<Void> turn) {}

    private final Host host;
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private long free;

    ByteBudget(long bytes, Host host) {
        this.free = bytes;
        this.host = host;
    }

    /** Waits until {@code bytes} are free. They must be no more than the whole budget. */
    void take(long bytes) {
        Waiting waiting;
        synchronized (this) {
            if (queue.isEmpty() && free >= bytes) {
                free -= bytes;
                return;
            }
            waiting = new Waiting(bytes, new CompletableFuture<>());
            queue.add(waiting);
        }
        host.await(waiting.turn);
    }

    void give(long bytes) {
        synchronized (this) {
            free += bytes;
            for (Waiting next = queue.peek(); next != null && free >= next.bytes; next = queue.peek()) {
                free -= next.bytes;
                queue.remove();
                next.turn.complete(null);
            }
        }
    }
}
