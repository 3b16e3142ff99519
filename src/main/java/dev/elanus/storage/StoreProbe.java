package dev.elanus.storage;

import dev.elanus.error.Corrupt;
import dev.elanus.error.DatabaseException;
import dev.elanus.error.Denied;
import dev.elanus.error.Unavailable;
import dev.elanus.error.Unsupported;
import dev.elanus.host.Host;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds out at start whether a store keeps the one promise that everything rests on: of two writers of one name, one is refused. Some
 * S3-compatible servers ignore the condition and let both win, which would lose acknowledged writes later and silently.
 */
public final class StoreProbe {
    private static final int TRIES = 4;

    private StoreProbe() {}

    /**
     * Writes one object twice under {@code probe/}, looks which of the two is there, and deletes it.
     *
     * @throws Unsupported if the store lets the second writer win
     * @throws Denied if the store cannot be written, for example because it is read-only
     * @throws Unavailable if the store does not answer
     */
    public static void check(ObjectStore store, Host host) {
        String key = "probe/%016x".formatted(host.random().nextLong());
        MemorySegment first = text("the first writer");
        try {
            // A reply may get lost and an SDK may retry: what counts is whose bytes are there.
            put(store, key, first);
            expect(store, key, first, "the first write");
            Put second = put(store, key, text("the second writer"));
            expect(store, key, first, "the second write");
            if (second instanceof Put.Stored) {
                throw ignoresConditions(store, "reported the second write as stored too");
            }
        } finally {
            discard(store, key);
        }
    }

    private static Put put(ObjectStore store, String key, MemorySegment bytes) {
        Put outcome = new Put.AlreadyThere();
        for (int attempt = 0; attempt < TRIES; attempt++) {
            try {
                outcome = store.putIfAbsent(key, new Content.Memory(bytes));
            } catch (Denied refusal) {
                throw new Denied(
                        "store " + store.describe() + " cannot be written, is it read-only? " + refusal.getMessage(),
                        refusal);
            }
            switch (outcome) {
                case Put.Stored _, Put.AlreadyThere _ -> {
                    return outcome;
                }
                case Put.ReplyLost _ -> {}
            }
        }
        return outcome;
    }

    private static void expect(ObjectStore store, String key, MemorySegment first, String when) {
        Optional<MemorySegment> found = store.get(key);
        if (found.isEmpty()) {
            throw new Unavailable("store " + store.describe() + ": the probe object " + key + " is not there after "
                    + when + "; the store does not answer or does not keep what it is given");
        }
        if (found.get().byteSize() != first.byteSize() || found.get().mismatch(first) >= 0) {
            if (when.equals("the first write")) {
                throw new Corrupt("store " + store.describe() + ": the probe object " + key
                        + " does not have the bytes that were written");
            }
            throw ignoresConditions(store, "overwrote an object that was to be created only if absent");
        }
    }

    private static Unsupported ignoresConditions(ObjectStore store, String what) {
        return new Unsupported(
                "store " + store.describe() + " ignores conditional writes (If-None-Match: *): it " + what
                        + ". Without them two processes could overwrite each other's data; use a store that honours them.");
    }

    private static void discard(ObjectStore store, String key) {
        try {
            store.delete(key);
        } catch (DatabaseException _) {
            // A forgotten probe object harms nobody; the outcome of the probe matters more.
        }
    }

    private static MemorySegment text(String text) {
        return MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8));
    }
}
