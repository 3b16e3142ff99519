package dev.elanus.storage;

import dev.elanus.host.Host;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Tries requests that may be repeated safely a few times. The SDK's own retries are switched off: they wait by the wall clock, and they would
 * hide from a conditional put that it met its own first attempt.
 */
record S3Retry(Host host) {
    static final int TRIES = 5;
    private static final long FIRST_PAUSE_MILLIS = 40;

    /** @throws dev.elanus.error.DatabaseException what the last try failed with */
    <T> T run(String action, String place, Supplier<T> request) {
        for (int attempt = 1; ; attempt++) {
            try {
                return request.get();
            } catch (SdkException failure) {
                S3Failures kind = S3Failures.of(failure);
                if (!kind.isPassing() || attempt == TRIES) {
                    throw kind.describe(action, place, failure);
                }
                pause(attempt);
            }
        }
    }

    /** Waits twice as long after each attempt, give or take a half, so that many clients do not come back together. */
    void pause(int attempt) {
        long millis = FIRST_PAUSE_MILLIS << (attempt - 1);
        host.pause(Duration.ofMillis(millis / 2 + host.random().nextLong(millis)));
    }
}
