package dev.elanus.search;

import dev.elanus.error.Unavailable;
import dev.elanus.host.Host;
import dev.elanus.storage.Meter;
import dev.elanus.storage.Mirror;
import dev.elanus.storage.Need;
import java.time.Duration;
import java.util.List;

/** Brings what one request needs, wave after wave, and keeps its account and its deadline. */
final class Waves {
    private final Mirror mirror;
    private final Host host;
    private final Meter meter;
    private final Duration limit;
    private final long startedAt;

    Waves(Mirror mirror, Host host, Meter meter, Duration limit) {
        this.mirror = mirror;
        this.host = host;
        this.meter = meter;
        this.limit = limit;
        this.startedAt = host.nanoTime();
    }

    Meter meter() {
        return meter;
    }

    /**
     * Brings everything together. Costs a wave only if something was missing.
     *
     * @throws Unavailable if the request's time is up
     */
    void bring(List<Need> needs) {
        checkTime();
        if (!needs.isEmpty() && mirror.bring(needs, meter)) {
            meter.countWave();
        }
    }

    /** @throws Unavailable if the request's time is up: a partial answer is never passed off as whole */
    void checkTime() {
        if (host.nanoTime() - startedAt > limit.toNanos()) {
            throw new Unavailable("the request took longer than its limit of " + limit);
        }
    }
}
