package dev.elanus.storage;

import dev.elanus.column.ByteRange;
import dev.elanus.error.Unavailable;
import dev.elanus.host.Host;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A store that misbehaves in the ways that stores do, as a seed decides: it loses replies, delays, meets its own writes, and fails. */
public final class FaultyStore implements ObjectStore {
    /**
     * How often each fault happens, 0 to 1.
     *
     * @param lostReply a write is stored and its reply lost
     * @param lostRequest a write is not stored and looks as if its reply was lost
     * @param ownWriteMet a write is stored, and a retry inside the client library reports that it is already there
     * @param unavailable any request fails before anything is done
     * @param maxDelay any request takes up to this long
     */
    public record Faults(
            double lostReply, double lostRequest, double ownWriteMet, double unavailable, Duration maxDelay) {
        public static final Faults NONE = new Faults(0, 0, 0, 0, Duration.ZERO);
        /** One request in ten meets a fault of some kind. */
        public static final Faults OFTEN = new Faults(0.1, 0.05, 0.1, 0.05, Duration.ofMillis(2));
    }

    private final ObjectStore store;
    private final Host host;
    private final RandomGenerator random;
    private final Faults faults;

    /** @param random decides about faults, seeded; used under a lock */
    public FaultyStore(ObjectStore store, Host host, RandomGenerator random, Faults faults) {
        this.store = store;
        this.host = host;
        this.random = random;
        this.faults = faults;
    }

    @Override
    public String describe() {
        return "faulty " + store.describe();
    }

    @Override
    public Put putIfAbsent(String key, Content content) {
        meetFaults("write", key);
        double chance = next();
        if (chance < faults.lostRequest) {
            return lost(key);
        }
        Put outcome = store.putIfAbsent(key, content);
        chance -= faults.lostRequest;
        if (chance < faults.lostReply) {
            return lost(key);
        }
        chance -= faults.lostReply;
        return chance < faults.ownWriteMet ? store.putIfAbsent(key, content) : outcome;
    }

    @Override
    public void replace(String key, Content content) {
        meetFaults("write", key);
        store.replace(key, content);
    }

    @Override
    public Optional<MemorySegment> get(String key) {
        meetFaults("read", key);
        return store.get(key);
    }

    @Override
    public MemorySegment read(String key, ByteRange range) {
        meetFaults("read", key);
        return store.read(key, range);
    }

    @Override
    public List<Listed> list(String prefix, String startAfter, int limit) {
        meetFaults("list", prefix);
        return store.list(prefix, startAfter, limit);
    }

    @Override
    public void delete(String key) {
        meetFaults("delete", key);
        store.delete(key);
    }

    @Override
    public Optional<Path> localFile(String key) {
        return store.localFile(key);
    }

    @Override
    public void close() {
        store.close();
    }

    private void meetFaults(String action, String key) {
        if (!faults.maxDelay.isZero()) {
            host.pause(Duration.ofNanos((long) (next() * faults.maxDelay.toNanos())));
        }
        if (next() < faults.unavailable) {
            throw new Unavailable("cannot " + action + " " + key + ": a fault that was asked for");
        }
    }

    private double next() {
        synchronized (random) {
            return random.nextDouble();
        }
    }

    private static Put lost(String key) {
        return new Put.ReplyLost(new Unavailable("cannot write " + key + ": reply lost, as was asked for"));
    }
}
