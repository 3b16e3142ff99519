package dev.elanus.storage;

import dev.elanus.column.ByteRange;
import dev.elanus.column.Column;
import dev.elanus.error.Corrupt;
import dev.elanus.error.NotFound;
import dev.elanus.error.Unavailable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Objects in native memory, for tests, simulations and trials: what it holds is gone with the process. */
public final class MemoryStore implements ObjectStore {
    private record Held(MemorySegment bytes, long modifiedMillis) {}

    private final InstantSource clock;
    private final ConcurrentNavigableMap<String, Held> objects = new ConcurrentSkipListMap<>();

    /** @param clock gives the times of writing */
    public MemoryStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String describe() {
        return "memory";
    }

    @Override
    public Put putIfAbsent(String key, Content content) {
        ObjectKey.check(key);
        return objects.putIfAbsent(key, hold(content)) == null ? new Put.Stored() : new Put.AlreadyThere();
    }

    @Override
    public void replace(String key, Content content) {
        ObjectKey.check(key);
        objects.put(key, hold(content));
    }

    @Override
    public Optional<MemorySegment> get(String key) {
        ObjectKey.check(key);
        return Optional.ofNullable(objects.get(key)).map(Held::bytes);
    }

    @Override
    public MemorySegment read(String key, ByteRange range) {
        MemorySegment bytes = get(key).orElseThrow(
                        () -> new NotFound(NotFound.Kind.OBJECT, "object " + key + " not found in memory"));
        if (range.end() > bytes.byteSize()) {
            throw new Corrupt("object " + key + " in memory: expected at least " + range.end() + " bytes, found "
                    + bytes.byteSize());
        }
        return bytes.asSlice(range.offset(), range.length());
    }

    @Override
    public List<Listed> list(String prefix, String startAfter, int limit) {
        // Keys are ASCII, so that the order of Java's strings is the order of their bytes.
        boolean inside = startAfter.compareTo(prefix) >= 0;
        List<Listed> listed = new ArrayList<>();
        for (Map.Entry<String, Held> entry :
                objects.tailMap(inside ? startAfter : prefix, !inside).entrySet()) {
            if (listed.size() == limit || !entry.getKey().startsWith(prefix)) {
                break;
            }
            Held held = entry.getValue();
            listed.add(new Listed(entry.getKey(), held.bytes.byteSize(), held.modifiedMillis));
        }
        return listed;
    }

    @Override
    public void delete(String key) {
        ObjectKey.check(key);
        objects.remove(key);
    }

    @Override
    public Optional<Path> localFile(String key) {
        return Optional.empty();
    }

    @Override
    public void close() {}

    private Held hold(Content content) {
        try {
            MemorySegment source = ContentBytes.mapped(content);
            MemorySegment copy = Column.allocate(source.byteSize());
            copy.copyFrom(source);
            return new Held(copy.asReadOnly(), clock.millis());
        } catch (IOException failure) {
            throw new Unavailable("cannot read " + content + ": " + failure, failure);
        }
    }
}
