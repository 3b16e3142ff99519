package dev.elanus.storage;

import dev.elanus.column.ByteRange;
import dev.elanus.error.DatabaseException;
import dev.elanus.host.Host;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Fills objects of a mirror whole in the background: one at a time, some megabytes at a time, only while nobody waits for a fetch, and only
 * while there is room: it never makes the mirror drop anything. Starts its task when there is work and ends it when there is none.
 */
final class MirrorFill {
    private static final long STEP_BYTES = (long) BlockRun.MAX_BLOCKS / 2 * MirrorEntry.BLOCK_BYTES;
    /** Whoever touched an object first goes on reading it: its next waves come first. */
    private static final Duration GIVES_WAY = Duration.ofMillis(100);

    private final Mirror mirror;
    private final Host host;
    private final Set<ObjectRef> waiting = new LinkedHashSet<>();
    private @Nullable CompletableFuture<Void> working;
    private volatile boolean closed;

    MirrorFill(Mirror mirror, Host host) {
        this.mirror = mirror;
        this.host = host.background();
    }

    /** Fills these objects as well, after those that wait already. */
    void add(List<ObjectRef> refs) {
        synchronized (this) {
            if (closed || !waiting.addAll(refs) || working != null) {
                return;
            }
            working = new CompletableFuture<>();
        }
        host.start(() -> {
            run();
            return null;
        });
    }

    /** Ends after the step that it is at, and waits for that. */
    void close() {
        closed = true;
        CompletableFuture<Void> last;
        synchronized (this) {
            last = working;
        }
        if (last != null) {
            host.await(last, GIVES_WAY.multipliedBy(50));
        }
    }

    private void run() {
        for (Optional<ObjectRef> next = next(); next.isPresent(); next = next()) {
            try {
                fill(next.get());
            } catch (DatabaseException _) {
                // Whoever needs the bytes asks for them again and is told what is wrong.
            }
        }
    }

    private synchronized Optional<ObjectRef> next() {
        Optional<ObjectRef> next = closed ? Optional.empty() : waiting.stream().findFirst();
        next.ifPresent(waiting::remove);
        if (next.isEmpty() && working != null) {
            working.complete(null);
            working = null;
        }
        return next;
    }

    private void fill(ObjectRef ref) {
        try (MirroredObject object = mirror.open(ref)) {
            for (long at = 0; at < ref.tailOffset(); at += STEP_BYTES) {
                do {
                    host.pause(GIVES_WAY);
                } while (mirror.isFetching() && !closed);
                ByteRange step = new ByteRange(at, Math.min(STEP_BYTES, ref.tailOffset() - at));
                List<Need> needs = List.of(new Need(object, List.of(step)));
                if (closed || object.entry().isInPlace() || !mirror.hasRoomFor(step.length())) {
                    return;
                }
                mirror.bring(needs, new Meter());
            }
        }
    }
}
