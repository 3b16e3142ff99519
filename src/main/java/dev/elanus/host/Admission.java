package dev.elanus.host;

import dev.elanus.error.Busy;
import dev.elanus.error.Invalid;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * Admits requests to a budget of memory and to a number of places: who does not fit waits for its turn, first come first served, and is refused at
 * once where the wait would be too long for it. So a process that gets more than it can do goes on doing as much as it can, with memory that does not
 * grow. Safe for use from many threads.
 */
public final class Admission {
    private final Host host;
    private final String what;
    private final long budgetBytes;
    private final int places;
    private final int maxWaiting;
    private final LongSupplier heldBytes;
    private final Queue<Waiting> queue = new ArrayDeque<>();
    private long reservedBytes;
    private int running;
    /** How long a request takes, on the average of the last ones. */
    private double meanNanos;

    private record Waiting(long bytes, CompletableFuture<Ticket> turn) {}

    /**
     * @param what the requests are, for messages: {@code reads}
     * @param budgetBytes of all that are admitted at a time, together with what is held otherwise
     * @param places how many are admitted at a time
     * @param maxWaiting how many wait at most
     * @param heldBytes what of the budget is taken by something else, bytes
     */
    public Admission(Host host, String what, long budgetBytes, int places, int maxWaiting, LongSupplier heldBytes) {
        this.host = host;
        this.what = what;
        this.budgetBytes = budgetBytes;
        this.places = places;
        this.maxWaiting = maxWaiting;
        this.heldBytes = heldBytes;
    }

    /** The right to use some memory, until it is closed. */
    public final class Ticket implements AutoCloseable {
        private final long startedAtNanos;
        private long bytes;

        private Ticket(long bytes, long startedAtNanos) {
            this.bytes = bytes;
            this.startedAtNanos = startedAtNanos;
        }

        /**
         * Asks for more, once more is known. Does not wait, since others may wait for what this one has.
         *
         * @throws Busy if there is not so much left now
         * @throws Invalid if there never is
         */
        public void grow(long more) {
            synchronized (Admission.this) {
                checkFits(bytes + more);
                if (reservedBytes + more + heldBytes.getAsLong() > budgetBytes) {
                    throw busy("they take " + reservedBytes + " of " + budgetBytes + " bytes, and this one needs "
                            + more + " more");
                }
                bytes += more;
                reservedBytes += more;
            }
        }

        @Override
        public void close() {
            leave(this);
        }
    }

    /**
     * Waits for a place and for {@code bytes} of memory.
     *
     * @param bytes an estimate of what the request needs at a time
     * @param limit how long the request may take
     * @throws Busy if it would wait for too long, or has
     * @throws Invalid if it needs more than there is for all requests
     */
    public Ticket enter(long bytes, Duration limit) {
        Waiting waiting;
        synchronized (this) {
            checkFits(bytes);
            if (queue.isEmpty() && fits(bytes)) {
                return admit(bytes);
            }
            checkHeld(bytes);
            double expectedNanos = (queue.size() + 1) * meanNanos / places;
            if (queue.size() >= maxWaiting || expectedNanos > limit.toNanos()) {
                throw busy(queue.size() + " are waiting already, for about "
                        + Duration.ofMillis((long) (expectedNanos / 1e6)));
            }
            waiting = new Waiting(bytes, new CompletableFuture<>());
            queue.add(waiting);
        }
        if (!host.await(waiting.turn, limit)) {
            synchronized (this) {
                if (queue.remove(waiting)) {
                    throw busy("this one has waited for its whole time of " + limit);
                }
            }
        }
        return host.await(waiting.turn);
    }

    /** Requests that wait for their turn. */
    public synchronized int waiting() {
        return queue.size();
    }

    /** Bytes that requests have reserved. */
    public synchronized long reservedBytes() {
        return reservedBytes;
    }

    private boolean fits(long bytes) {
        return running < places && reservedBytes + bytes + heldBytes.getAsLong() <= budgetBytes;
    }

    private void checkFits(long bytes) {
        if (bytes > budgetBytes) {
            throw new Invalid("the request needs about " + bytes + " bytes of memory, expected at most " + budgetBytes
                    + ", which is what this server has for all " + what + " at a time: ask for less at once");
        }
    }

    private void checkHeld(long bytes) {
        long held = heldBytes.getAsLong();
        if (bytes + held > budgetBytes) {
            throw busy("rows that are not sealed yet take " + held + " of " + budgetBytes + " bytes");
        }
    }

    private Busy busy(String why) {
        return new Busy("too many " + what + " at once: " + why + "; retry later");
    }

    private Ticket admit(long bytes) {
        reservedBytes += bytes;
        running++;
        return new Ticket(bytes, host.nanoTime());
    }

    private void leave(Ticket ticket) {
        synchronized (this) {
            if (ticket.bytes < 0) {
                return;
            }
            reservedBytes -= ticket.bytes;
            ticket.bytes = -1;
            running--;
            meanNanos += (host.nanoTime() - ticket.startedAtNanos - meanNanos) / 16;
            for (Waiting next = queue.peek(); next != null; next = queue.peek()) {
                try {
                    checkHeld(next.bytes);
                    if (!fits(next.bytes)) {
                        return;
                    }
                    next.turn.complete(admit(next.bytes));
                } catch (Busy noMore) {
                    next.turn.completeExceptionally(noMore);
                }
                queue.remove();
            }
        }
    }
}
