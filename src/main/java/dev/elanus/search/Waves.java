package dev.elanus.search;

import dev.elanus.error.TimeOver;
import dev.elanus.host.Admission;
import dev.elanus.host.Admission.Ticket;
import dev.elanus.host.Host;
import dev.elanus.storage.Meter;
import dev.elanus.storage.Mirror;
import dev.elanus.storage.Need;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Brings what one request needs, wave after wave, and keeps its account, its memory and its deadline. */
final class Waves implements AutoCloseable {
    private final Mirror mirror;
    private final Host host;
    private final Meter meter;
    private final Duration limit;
    private final long startedAt;
    private final Ticket memory;

    /**
     * Waits for the request's turn.
     *
     * @param bytes of memory that it needs to start with
     */
    Waves(Mirror mirror, Host host, Admission admission, Meter meter, Duration limit, long bytes) {
        this.mirror = mirror;
        this.host = host;
        this.meter = meter;
        this.limit = limit;
        this.startedAt = host.nanoTime();
        this.memory = admission.enter(bytes, limit);
    }

    /**
     * Reserves more memory for the request, now that more is known of it.
     *
     * @throws dev.elanus.error.Busy if others have it
     */
    void reserve(long bytes) {
        memory.grow(bytes);
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        memory.close();
    }

    Meter meter() {
        return meter;
    }

    /**
     * Brings everything together. Costs a wave only if something was missing.
     *
     * @throws TimeOver if the request's time is up
     */
    void bring(List<Need> needs) {
        checkTime();
        if (!needs.isEmpty() && mirror.bring(needs, meter, left())) {
            meter.countWave();
        }
    }

    /**
     * Waits for work that others may wait for as well, and which therefore goes on when this request gives up.
     *
     * @throws TimeOver if the request's time is up before it is done
     */
    <T> T await(CompletableFuture<T> shared) {
        if (!host.await(shared, left())) {
            throw tooLate();
        }
        return host.await(shared);
    }

    /** @throws TimeOver if the request's time is up: a partial answer is never passed off as whole */
    void checkTime() {
        if (left().isZero()) {
            throw tooLate();
        }
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, limit.toNanos() - (host.nanoTime() - startedAt)));
    }

    private TimeOver tooLate() {
        return new TimeOver("the request took longer than its limit of " + limit + mirror.trouble());
    }
}
