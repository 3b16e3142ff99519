package dev.elanus.log;

import dev.elanus.manifest.Manifest;

/**
 * A collection as this process saw it: a manifest and what the log holds behind it. Immutable.
 *
 * @param lookedAtNanos {@link dev.elanus.host.Host#nanoTime} before the store was asked for something newer
 */
public record View(Manifest manifest, Tail tail, long lookedAtNanos) {
    public View {
        assert tail.sealed().equals(manifest.sealed());
    }

    /** Every write up to this hybrid timestamp that was acknowledged before the look is in the view. */
    public long timestamp() {
        return tail.end().timestamp();
    }
}
