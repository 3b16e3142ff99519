package dev.elanus.manifest;

import dev.elanus.error.Conflict;
import dev.elanus.error.Corrupt;
import dev.elanus.error.OutcomeUnknown;
import dev.elanus.error.Unavailable;
import dev.elanus.host.Host;
import dev.elanus.storage.Content;
import dev.elanus.storage.ObjectStore;
import dev.elanus.storage.Put;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The published versions of one state, and the one way to add the next: a conditional put of version n + 1, whose name is the lock. Names are
 * written so that a listing's first is the newest version. Safe for use from many threads and processes.
 */
public final class Versions<S extends Versioned<S>> {
    private static final int MAX_ATTEMPTS = 50;
    private static final int MAX_PAUSE_MILLIS = 40;
    private static final int MAX_LOST_REPLIES = 3;
    /** Well below any grace period: within it no version that follows one known to be the newest is collected. */
    private static final Duration MAX_AGE = Duration.ofMinutes(10);

    private final ObjectStore store;
    private final String prefix;
    private final Codec<S> codec;
    private final Host host;

    /** @param prefix of the versions' keys, ending in a slash */
    public Versions(ObjectStore store, String prefix, Codec<S> codec, Host host) {
        this.store = store;
        this.prefix = prefix;
        this.codec = codec;
        this.host = host;
    }

    /** The same versions, read and written through another store, which counts the requests. */
    public Versions<S> through(ObjectStore other) {
        return new Versions<>(other, prefix, codec, host);
    }

    public String key(long version) {
        return prefix + HexFormat.of().toHexDigits(Long.MAX_VALUE - version);
    }

    /** The version of a key that a listing gave. */
    public long versionOf(String key) {
        return Long.MAX_VALUE - HexFormat.fromHexDigitsToLong(key, prefix.length(), key.length());
    }

    /** The newest version's number: one listing. Empty if there is none. */
    public OptionalLong newestNumber() {
        List<ObjectStore.Listed> first = store.list(prefix, "", 1);
        return first.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(versionOf(first.getFirst().key()));
    }

    /** The newest version: a listing and a read. Empty if there is none. */
    public Optional<S> newest() {
        while (true) {
            OptionalLong number = newestNumber();
            if (number.isEmpty()) {
                return Optional.empty();
            }
            // A version that is gone between listing and reading was collected as garbage, so there is a newer one.
            Optional<S> state = find(number.getAsLong());
            if (state.isPresent()) {
                return state;
            }
        }
    }

    public Optional<S> find(long version) {
        String key = key(version);
        return store.get(key).map(bytes -> decode(key, version, bytes));
    }

    /** All versions that are still there, newest first. */
    public List<ObjectStore.Listed> list(int limit) {
        return store.list(prefix, "", limit);
    }

    /** Publishes {@code base} with {@code change} applied. {@code base} is never altered. */
    public CommitOutcome<S> commit(S base, Change<S> change) {
        // Pure: every rule is checked before the first byte leaves.
        return publish(change.applyTo(base).after(base.version(), newCommitId()));
    }

    /** Publishes the first version of a state. */
    public CommitOutcome<S> create(S first) {
        return publish(first.after(0, newCommitId()));
    }

    /**
     * Publishes {@code base}, or whatever turns out to be newer, with {@code change} applied.
     *
     * @param base known to be the newest version a short while ago: the one behind a very old base may be collected, and its name is then free
     * @return the version that the change made
     * @throws OutcomeUnknown if it could not be found out whether the change was published
     * @throws Conflict if other writers were first too often
     */
    public S commitOnNewest(S base, Change<S> change) {
        S newest = base;
        long knownAt = host.nanoTime();
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            switch (commit(newest, change)) {
                case CommitOutcome.Committed<S>(S state) -> {
                    if (host.nanoTime() - knownAt > MAX_AGE.toNanos()) {
                        throw new OutcomeUnknown(prefix + ": publishing a change took longer than " + MAX_AGE
                                + ", and what it was based on may have been outdated: look before trying again");
                    }
                    return state;
                }
                case CommitOutcome.Unknown<S>(RuntimeException cause) ->
                    throw new OutcomeUnknown(prefix + ": whether a change was published is not known", cause);
                case CommitOutcome.Superseded<S> _ -> {
                    host.pause(Duration.ofMillis(host.random().nextInt(MAX_PAUSE_MILLIS)));
                    knownAt = host.nanoTime();
                    newest = newest().orElseThrow(() -> new Corrupt(prefix + ": all versions are gone"));
                }
            }
        }
        throw new Conflict(prefix + ": other writers were first " + MAX_ATTEMPTS + " times");
    }

    private CommitOutcome<S> publish(S next) {
        String key = key(next.version());
        Content content = Content.of(codec.encode(next));
        RuntimeException lost = new Unavailable(key + ": no reply");
        for (int attempt = 0; attempt < MAX_LOST_REPLIES; attempt++) {
            Put put = store.putIfAbsent(key, content);
            if (put instanceof Put.Stored) {
                return new CommitOutcome.Committed<>(next);
            }
            if (put instanceof Put.ReplyLost(RuntimeException cause)) {
                lost = cause;
            }
            // "Already there" can be our own write, which a client library retried after a lost reply: look whose it
            // is.
            Optional<S> there;
            try {
                there = find(next.version());
            } catch (Unavailable unreadable) {
                return new CommitOutcome.Unknown<>(unreadable);
            }
            if (there.isPresent()) {
                return there.get().commitId().equals(next.commitId())
                        ? new CommitOutcome.Committed<>(next)
                        : new CommitOutcome.Superseded<>();
            }
            // Nothing is there, so the same bytes may be put again: the name admits them once.
        }
        return new CommitOutcome.Unknown<>(lost);
    }

    private S decode(String key, long version, MemorySegment bytes) {
        S state = codec.decode(key, bytes);
        if (state.version() != version) {
            throw new Corrupt(key + ": expected version " + version + ", found " + state.version());
        }
        return state;
    }

    private String newCommitId() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(host.random().nextLong())
                + hex.toHexDigits(host.random().nextLong());
    }
}
