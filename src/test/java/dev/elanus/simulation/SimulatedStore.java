package dev.elanus.simulation;

import dev.elanus.column.ByteRange;
import dev.elanus.column.Column;
import dev.elanus.error.Corrupt;
import dev.elanus.error.NotFound;
import dev.elanus.error.Unavailable;
import dev.elanus.storage.Content;
import dev.elanus.storage.ObjectStore;
import dev.elanus.storage.Put;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The bucket as one process reaches it. A request takes effect some time after it was sent, and its reply comes some time later still, whatever
 * has become of the sender meanwhile.
 */
final class SimulatedStore implements ObjectStore {
    private final Bucket bucket;
    private final Scheduler scheduler;
    private final Weather weather;
    private final SimulatedHost host;
    private final Death death;
    private final Set<String> spoilt = new HashSet<>();

    /** Says where a process dies. */
    interface Death {
        /** Whether the process dies instead of sending this request. */
        boolean beforeRequest();

        /** Whether it dies when this request has taken effect. */
        boolean afterEffect();

        void die();
    }

    SimulatedStore(Bucket bucket, Scheduler scheduler, Weather weather, SimulatedHost host, Death death) {
        this.bucket = bucket;
        this.scheduler = scheduler;
        this.weather = weather;
        this.host = host;
        this.death = death;
    }

    @Override
    public String describe() {
        return "simulated";
    }

    @Override
    public Put putIfAbsent(String key, Content content) {
        MemorySegment bytes = bytesOf(content);
        Supplier<Put> effect = () -> bucket.putIfAbsent(key, bytes) ? new Put.Stored() : new Put.AlreadyThere();
        if (weather.meets(Fault.LOST_REQUEST)) {
            return request("put", key, () -> lost(key));
        }
        if (weather.meets(Fault.LATE_WRITE)) {
            return request("put", key, () -> {
                scheduler.after(weather.lateNanos(), effect::get);
                return lost(key);
            });
        }
        boolean isDoubled = weather.meets(Fault.WRITTEN_TWICE);
        boolean losesReply = weather.meets(Fault.LOST_REPLY) || weather.losesReply();
        boolean meetsItself = weather.meets(Fault.OWN_WRITE_MET);
        return request("put", key, () -> {
            Put first = effect.get();
            if (isDoubled) {
                scheduler.after(weather.lateNanos(), effect::get);
            }
            Put last = meetsItself ? effect.get() : first;
            return losesReply ? lost(key) : last;
        });
    }

    @Override
    public void replace(String key, Content content) {
        MemorySegment bytes = bytesOf(content);
        write("replace", key, () -> bucket.replace(key, bytes));
    }

    @Override
    public void delete(String key) {
        write("delete", key, () -> bucket.delete(key));
    }

    @Override
    public Optional<MemorySegment> get(String key) {
        return request("get", key, () -> bucket.get(key));
    }

    @Override
    public MemorySegment read(String key, ByteRange range) {
        MemorySegment found = request("read", key, () -> {
            MemorySegment bytes = bucket.get(key)
                    .orElseThrow(() -> new NotFound(NotFound.Kind.OBJECT, "object " + key + " not found"));
            if (range.end() > bytes.byteSize()) {
                throw new Corrupt(
                        "object " + key + ": expected at least " + range.end() + " bytes, found " + bytes.byteSize());
            }
            return bytes.asSlice(range.offset(), range.length());
        });
        return spoilt(key, found);
    }

    @Override
    public List<Listed> list(String prefix, String startAfter, int limit) {
        if (!weather.meets(Fault.UNEVEN_LISTING)) {
            return request("list", prefix, () -> bucket.list(prefix, startAfter, limit));
        }
        List<Listed> early = request("list", prefix, () -> bucket.list(prefix, startAfter, limit));
        if (early.size() < 2) {
            return early;
        }
        List<Listed> listed = new ArrayList<>(early.subList(0, early.size() / 2));
        String middle = listed.getLast().key();
        listed.addAll(request("list", prefix, () -> bucket.list(prefix, middle, limit - listed.size())));
        return listed;
    }

    @Override
    public Optional<Path> localFile(String key) {
        return Optional.empty();
    }

    @Override
    public void close() {}

    private void write(String verb, String key, Runnable effect) {
        if (weather.meets(Fault.LOST_REQUEST)) {
            request(verb, key, () -> {
                throw new Unavailable("cannot " + verb + " " + key + ": no reply");
            });
        }
        boolean isDoubled = weather.meets(Fault.WRITTEN_TWICE);
        boolean losesReply = weather.meets(Fault.LOST_REPLY) || weather.losesReply();
        request(verb, key, () -> {
            effect.run();
            if (isDoubled) {
                scheduler.after(weather.lateNanos(), effect);
            }
            if (losesReply) {
                throw new Unavailable("cannot " + verb + " " + key + ": no reply");
            }
            return true;
        });
    }

    private <T> T request(String verb, String key, Supplier<T> effect) {
        scheduler.note(verb.hashCode() * 31L + key.hashCode());
        if (death.beforeRequest()) {
            death.die();
            scheduler.stopForGood();
        }
        if (weather.isOut() || weather.meets(Fault.UNAVAILABLE)) {
            scheduler.pause(weather.latencyNanos());
            throw new Unavailable("cannot " + verb + " " + key + ": out of reach");
        }
        boolean dies = death.afterEffect();
        CompletableFuture<T> reply = new CompletableFuture<>();
        scheduler.after(weather.latencyNanos(), () -> {
            try {
                T value = effect.get();
                scheduler.after(weather.latencyNanos(), () -> reply.complete(value));
            } catch (RuntimeException failure) {
                scheduler.after(weather.latencyNanos(), () -> reply.completeExceptionally(failure));
            }
            if (dies && !host.isDead()) {
                death.die();
            }
        });
        return host.await(reply);
    }

    /** Spoils a read now and then, but none of an object twice: what is read again then is right. */
    private MemorySegment spoilt(String key, MemorySegment found) {
        if (spoilt.contains(key)) {
            return found;
        }
        boolean flipped = weather.meets(Fault.FLIPPED_BIT);
        boolean torn = weather.meets(Fault.TORN_READ);
        if (found.byteSize() == 0 || !flipped && !torn) {
            return found;
        }
        spoilt.add(key);
        MemorySegment copy = Column.allocate(found.byteSize()).copyFrom(found);
        long at = weather.random().nextLong(found.byteSize());
        if (flipped) {
            copy.set(ValueLayout.JAVA_BYTE, at, (byte) (copy.get(ValueLayout.JAVA_BYTE, at) ^ 1 << at % 8));
        } else {
            copy.asSlice(at).fill((byte) 0);
        }
        return copy;
    }

    private static MemorySegment bytesOf(Content content) {
        return switch (content) {
            case Content.Memory(MemorySegment bytes) -> Bucket.copyOf(bytes);
            case Content.LocalFile(Path path, long length) -> {
                try {
                    yield Bucket.copyOf(
                            MemorySegment.ofArray(Files.readAllBytes(path)).asSlice(0, length));
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }
        };
    }

    private static Put lost(String key) {
        return new Put.ReplyLost(new Unavailable("cannot put " + key + ": no reply"));
    }
}
