package dev.elanus.storage;

import dev.elanus.error.DatabaseException;
import dev.elanus.error.Unavailable;
import dev.elanus.host.Host;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Tries requests again that failed in a way that passes, after pauses that grow and are drawn at random, so that many clients do not come back
 * together ("full jitter"). The SDK's own retries are switched off: they wait by the wall clock, and they would hide from a conditional put
 * that it met its own first attempt.
 */
record S3Retry(Host host, StoreTraffic traffic) {
    private static final int TRIES = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(80);
    private static final Duration FIRST_SLOW_PAUSE = Duration.ofMillis(400);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** How long one that waits for bytes is kept waiting by a store that asks to slow down; its own deadline may be sooner. */
    private static final Duration READS_WAIT = Duration.ofSeconds(30);
    /** Shorter for who writes: behind it others queue, and it can be told to come back. */
    private static final Duration WRITES_WAIT = Duration.ofSeconds(10);

    /**
     * Runs a request that may be repeated safely.
     *
     * @throws DatabaseException what the last try failed with
     */
    <T> T run(String action, String place, Supplier<T> request) {
        Attempts attempts = attempts(action, place);
        while (true) {
            try {
                return attempts.attempt(request);
            } catch (SdkException failure) {
                attempts.pauseAfter(S3Failures.of(failure), failure);
            }
        }
    }

    /** For a request whose failures want a closer look before it is repeated. */
    Attempts attempts(String action, String place) {
        return new Attempts(action, place);
    }

    /** The attempts of one request. */
    final class Attempts {
        private final String action;
        private final String place;
        private final long startedAt = host.nanoTime();
        private int failed;
        private int throttled;

        private Attempts(String action, String place) {
            this.action = action;
            this.place = place;
        }

        <T> T attempt(Supplier<T> request) {
            traffic.countRequest();
            try {
                return request.get();
            } catch (UncheckedIOException cut) {
                // The SDK has its own exceptions for all but a connection that ends within the XML of an answer.
                throw SdkClientException.create("reply cut short", cut);
            }
        }

        /** Waits before the next attempt. @throws DatabaseException if there should be none */
        void pauseAfter(S3Failures kind, SdkException failure) {
            if (kind == S3Failures.THROTTLED) {
                traffic.countThrottled();
                note(kind, failure);
                pauseSlowly(failure);
            } else if (kind.isPassing() && ++failed < TRIES) {
                note(kind, failure);
                pause(FIRST_PAUSE, failed);
            } else {
                throw kind.describe(action, place, failure);
            }
            traffic.countRetry();
        }

        private void note(S3Failures kind, SdkException failure) {
            traffic.note(String.valueOf(kind.describe(action, place, failure).getMessage()), host.nanoTime());
        }

        private void pauseSlowly(SdkException failure) {
            Duration waited = Duration.ofNanos(host.nanoTime() - startedAt);
            Duration limit = action.equals("read") || action.equals("list") ? READS_WAIT : WRITES_WAIT;
            throttled++;
            if (waited.compareTo(limit) > 0) {
                throw new Unavailable(
                        "cannot " + action + " " + place + ": the store asked " + throttled + " times within "
                                + waited.toSeconds() + " s to slow down, last with \"" + failure.getMessage()
                                + "\"; retry later, or have its limit of requests raised",
                        failure);
            }
            pause(FIRST_SLOW_PAUSE, throttled);
        }

        private void pause(Duration first, int attempt) {
            long longest = Math.min(LONGEST_PAUSE.toNanos(), first.toNanos() << Math.min(attempt - 1, 10));
            host.pause(Duration.ofNanos(host.random().nextLong(longest)));
        }
    }
}
