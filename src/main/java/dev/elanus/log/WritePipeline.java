package dev.elanus.log;

import dev.elanus.error.DatabaseException;
import dev.elanus.error.NotFound;
import dev.elanus.error.OutcomeUnknown;
import dev.elanus.error.Unavailable;
import dev.elanus.host.Host;
import dev.elanus.log.Flight.Landing;
import dev.elanus.log.Flight.Waiting;
import dev.elanus.manifest.BatchId;
import dev.elanus.manifest.LogPosition;
import dev.elanus.manifest.Partitions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Group commit with several batches in flight. A write that comes alone leaves at once; what comes while a batch is on its way joins the next,
 * which leaves when the way is free or when much has come together. Each batch in flight names the one before it as its predecessor, so that
 * none of them counts unless all before it do; they are acknowledged in their order.
 *
 * <p>A writer that loses a place to another has one batch in flight for a while, and steps back after each that it wins, for about as long as
 * the others need: who has just won would otherwise win again, since the others must read first what beat them.
 */
final class WritePipeline {
    private static final int MAX_IN_FLIGHT = 8;
    /** So much, or a full batch, must have come together to leave beside one that is on its way: smaller ones cost a request each. */
    private static final long EAGER_BYTES = 1 << 20;
    /** A writer that loses more often in a row is too far behind to catch up without a listing. */
    private static final int MAX_LOSSES = 4;
    /** For so long after a loss there may be other writers. */
    private static final Duration CONTENDED = Duration.ofSeconds(1);

    private final CollectionLog log;
    private final BatchWriter writer;
    private final Host host;
    private final HybridClock clock;
    private final LogLimits limits;
    private final long writerId;

    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final Deque<Flight> flights = new ArrayDeque<>();
    private long queuedBytes;
    private int window = MAX_IN_FLIGHT;
    /** Something else must be done before the next batch leaves: a look, or letting others go first. */
    private boolean held;
    /** A look has ended and nothing has left since: it counts as fresh however long it took. */
    private boolean justLooked;

    private int lossesInARow;
    private boolean everLost;
    private long lostAtNanos;
    private long notBeforeNanos;
    private double putNanos = 20e6;

    WritePipeline(CollectionLog log, BatchWriter writer, Host host, HybridClock clock, LogLimits limits) {
        this.log = log;
        this.writer = writer;
        this.host = host;
        this.clock = clock;
        this.limits = limits;
        this.writerId = host.random().nextLong();
    }

    /** @return when the write is durable, together with all before it */
    CompletableFuture<Appended> submit(PendingWrite write) {
        CompletableFuture<Appended> result = new CompletableFuture<>();
        synchronized (this) {
            if (!queue.isEmpty() && queuedBytes + write.sizeBytes() > limits.queuedBytes()) {
                result.completeExceptionally(new Unavailable(
                        "collection " + log.view().manifest().name().name() + " has " + queuedBytes
                                + " bytes of writes waiting for the store, the limit is " + limits.queuedBytes()
                                + ": retry later"));
                return result;
            }
            queue.add(new Waiting(write, result));
            queuedBytes += write.sizeBytes();
        }
        launch();
        return result;
    }

    /** Takes a write back that has not left yet. @return false if it has */
    synchronized boolean withdraw(CompletableFuture<Appended> result) {
        for (Iterator<Waiting> all = queue.iterator(); all.hasNext(); ) {
            Waiting waiting = all.next();
            if (waiting.result() == result) {
                all.remove();
                queuedBytes -= waiting.write().sizeBytes();
                return true;
            }
        }
        return false;
    }

    private void launch() {
        List<Flight> started = new ArrayList<>();
        List<Waiting> refused = new ArrayList<>();
        List<Waiting> strays = new ArrayList<>();
        DatabaseException refusal = null;
        synchronized (this) {
            while (mayLaunch()) {
                refusal = log.refusal().orElse(null);
                if (refusal != null) {
                    refused.addAll(takeAll());
                } else if (!justLooked && !log.isFresh(limits.lookAge())) {
                    holdAndLook();
                } else if (notBeforeNanos - host.nanoTime() > 0) {
                    holdUntil(notBeforeNanos);
                } else {
                    strays.addAll(takeStrays());
                    if (!queue.isEmpty()) {
                        started.add(nextFlight());
                    }
                }
            }
        }
        fail(refused, refusal);
        fail(strays, new NotFound(NotFound.Kind.PARTITION, "partition not found: it was dropped meanwhile"));
        started.forEach(flight -> host.start(() -> fly(flight)));
    }

    private boolean mayLaunch() {
        return !held
                && !queue.isEmpty()
                && flights.size() < window
                && (flights.isEmpty() || queuedBytes >= Math.min(EAGER_BYTES, limits.batchBytes()));
    }

    private List<Waiting> takeAll() {
        List<Waiting> all = new ArrayList<>(queue);
        queue.clear();
        queuedBytes = 0;
        return all;
    }

    /** Writes to partitions that were dropped after they were accepted. */
    private List<Waiting> takeStrays() {
        Partitions partitions = log.view().manifest().partitions();
        List<Waiting> strays = queue.stream()
                .filter(waiting -> !partitions.has(waiting.write().partition()))
                .toList();
        strays.forEach(stray -> queuedBytes -= stray.write().sizeBytes());
        queue.removeAll(strays);
        return strays;
    }

    private Flight nextFlight() {
        List<Waiting> writes = new ArrayList<>();
        long bytes = 0;
        while (!queue.isEmpty()) {
            long more = queue.peek().write().sizeBytes();
            if (!writes.isEmpty() && bytes + more > limits.batchBytes()) {
                break;
            }
            writes.add(queue.remove());
            bytes += more;
        }
        queuedBytes -= bytes;
        LogPosition durable = log.view().tail().end();
        LogPosition base = flights.isEmpty() ? durable : flights.getLast().end();
        long timestamp = clock.reserve(writes.size(), base.timestamp());
        BatchId id = new BatchId(writerId, host.random().nextLong());
        Flight flight = new Flight(
                base.sequence() + 1, timestamp, id, base.last(), durable.sequence(), writes, host.nanoTime());
        flights.add(flight);
        justLooked = false;
        return flight;
    }

    private @Nullable Void fly(Flight flight) {
        Landing landing = land(flight);
        List<Runnable> answers = new ArrayList<>();
        synchronized (this) {
            flight.land(landing);
            for (Flight first = flights.peek(); first != null && first.landing() != null; first = flights.peek()) {
                settle(flights.remove(), answers);
            }
        }
        answers.forEach(Runnable::run);
        launch();
        return null;
    }

    private Landing land(Flight flight) {
        try {
            LogBatch batch = flight.batch(log.view().manifest().schema().primaryKey());
            List<LogBatch> theirs = writer.put(batch);
            if (!theirs.isEmpty()) {
                return new Landing.Theirs(theirs);
            }
            log.checkStillLive(batch, flight.launchedAtNanos());
            return new Landing.Ours(batch);
        } catch (Throwable failure) {
            return new Landing.Failed(failure);
        }
    }

    /** Draws the conclusions from what became of the first batch in flight. */
    private void settle(Flight first, List<Runnable> answers) {
        switch (Objects.requireNonNull(first.landing(), "who asks has looked")) {
            case Landing.Ours(LogBatch batch) -> {
                log.install(List.of(batch));
                lossesInARow = 0;
                putNanos += (host.nanoTime() - first.launchedAtNanos() - putNanos) / 8;
                if (isContended()) {
                    double share = log.recentWriters().shareOf(writerId);
                    stepBack(log.recentWriters().othersThan(writerId) * share * share);
                } else {
                    window = Math.min(MAX_IN_FLIGHT, window + 1);
                }
                answers.add(
                        () -> first.answer(batch, log.view().manifest().schema().primaryKey()));
            }
            case Landing.Theirs(List<LogBatch> theirs) -> lost(first, theirs);
            case Landing.Failed(Throwable failure) -> failed(first, failure, answers);
        }
    }

    /** Another writer has the place: what is in flight behind it is void whatever becomes of it, and all is written again. */
    private void lost(Flight first, List<LogBatch> theirs) {
        flights.addFirst(first);
        writeAgain();
        if (theirs.getFirst().id().writer() != writerId) {
            everLost = true;
            lostAtNanos = host.nanoTime();
            window = 1;
        }
        log.install(theirs);
        stepBack(log.recentWriters().shareOf(writerId) - 1);
        if (theirs.stream().anyMatch(LogBatch::isFence) || ++lossesInARow > MAX_LOSSES) {
            holdAndLook();
        }
    }

    private void failed(Flight first, Throwable failure, List<Runnable> answers) {
        answers.add(() -> fail(first.writes(), failure));
        if (failure instanceof Unavailable) {
            // It is not there and never will be, so what follows it is void: as if the place had been lost.
            writeAgain();
            return;
        }
        while (!flights.isEmpty()) {
            Flight behind = flights.remove();
            OutcomeUnknown unknown = new OutcomeUnknown(
                    "whether the write counts is not known, because a write before it failed", failure);
            answers.add(() -> fail(behind.writes(), unknown));
        }
        holdAndLook();
    }

    /** Puts everything in flight back to the front of the queue, in its order. */
    private void writeAgain() {
        for (Iterator<Flight> last = flights.descendingIterator(); last.hasNext(); ) {
            for (Waiting waiting : last.next().writes().reversed()) {
                queue.addFirst(waiting);
                queuedBytes += waiting.write().sizeBytes();
            }
        }
        flights.clear();
    }

    private boolean isContended() {
        return everLost && host.nanoTime() - lostAtNanos < CONTENDED.toNanos();
    }

    /** Leaves the next places to others: the longer, the more this writer had of the last ones. */
    private void stepBack(double roundTrips) {
        if (roundTrips > 0) {
            notBeforeNanos = host.nanoTime() + (long) (host.random().nextDouble() * roundTrips * putNanos);
        }
    }

    private void holdAndLook() {
        held = true;
        host.start(() -> {
            try {
                host.await(log.look());
                synchronized (this) {
                    justLooked = true;
                }
                release(null);
            } catch (Throwable failure) {
                release(failure);
            }
            return null;
        });
    }

    private void holdUntil(long nanos) {
        held = true;
        host.start(() -> {
            host.pause(Duration.ofNanos(Math.max(0, nanos - host.nanoTime())));
            release(null);
            return null;
        });
    }

    private void release(@Nullable Throwable failure) {
        List<Waiting> refused;
        synchronized (this) {
            held = false;
            refused = failure == null ? List.of() : takeAll();
        }
        fail(refused, failure);
        launch();
    }

    private static void fail(List<Waiting> writes, @Nullable Throwable failure) {
        if (failure != null) {
            writes.forEach(waiting -> waiting.result().completeExceptionally(failure));
        }
    }
}
