package dev.elanus.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.ByteRange;
import dev.elanus.error.Denied;
import dev.elanus.error.Unavailable;
import dev.elanus.error.Unsupported;
import dev.elanus.host.MachineHost;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoreProbeTest {
    private final MachineHost host = new MachineHost(1);
    private final MemoryStore memory = new MemoryStore(host.clock());

    @AfterEach
    void closeHost() {
        host.close();
    }

    @Test
    void aStoreThatIgnoresConditionsIsRefusedWithASentence() {
        ObjectStore careless = new Altered(memory) {
            @Override
            public Put putIfAbsent(String key, Content content) {
                memory.replace(key, content);
                return new Put.Stored();
            }
        };
        assertThatThrownBy(() -> StoreProbe.check(careless, host))
                .isInstanceOf(Unsupported.class)
                .hasMessageStartingWith("store memory ignores conditional writes (If-None-Match: *)");
        assertThat(memory.list("", "", 1)).isEmpty();
    }

    @Test
    void aStoreThatSaysStoredButKeepsTheFirstIsRefusedToo() {
        ObjectStore flattering = new Altered(memory) {
            @Override
            public Put putIfAbsent(String key, Content content) {
                memory.putIfAbsent(key, content);
                return new Put.Stored();
            }
        };
        assertThatThrownBy(() -> StoreProbe.check(flattering, host)).isInstanceOf(Unsupported.class);
    }

    @Test
    void aStoreThatOverwritesAndSaysAlreadyThereIsRefusedToo() {
        ObjectStore lying = new Altered(memory) {
            @Override
            public Put putIfAbsent(String key, Content content) {
                boolean there = memory.get(key).isPresent();
                memory.replace(key, content);
                return there ? new Put.AlreadyThere() : new Put.Stored();
            }
        };
        assertThatThrownBy(() -> StoreProbe.check(lying, host)).isInstanceOf(Unsupported.class);
    }

    @Test
    void aReadOnlyStoreIsReportedAsSuch() {
        ObjectStore readOnly = new Altered(memory) {
            @Override
            public Put putIfAbsent(String key, Content content) {
                throw new Denied("cannot write " + key + ": Read-only file system");
            }
        };
        assertThatThrownBy(() -> StoreProbe.check(readOnly, host))
                .isInstanceOf(Denied.class)
                .hasMessageContaining("store memory cannot be written, is it read-only?");
    }

    @Test
    void aStoreThatLosesRepliesIsNotAccusedOfAnythingElse() {
        for (long seed = 0; seed < 200; seed++) {
            var faults = new FaultyStore.Faults(0.3, 0.1, 0.3, 0, Duration.ZERO);
            ObjectStore faulty = new FaultyStore(memory, host, new SplittableRandom(seed), faults);
            try {
                StoreProbe.check(faulty, host);
            } catch (Unavailable _) {
                // Four lost requests one after the other: not reachable is the right word.
            }
        }
    }

    /** A store to alter one method of. */
    private abstract static class Altered implements ObjectStore {
        private final ObjectStore store;

        Altered(ObjectStore store) {
            this.store = store;
        }

        @Override
        public String describe() {
            return store.describe();
        }

        @Override
        public void replace(String key, Content content) {
            store.replace(key, content);
        }

        @Override
        public Optional<MemorySegment> get(String key) {
            return store.get(key);
        }

        @Override
        public MemorySegment read(String key, ByteRange range) {
            return store.read(key, range);
        }

        @Override
        public List<Listed> list(String prefix, String startAfter, int limit) {
            return store.list(prefix, startAfter, limit);
        }

        @Override
        public void delete(String key) {
            store.delete(key);
        }

        @Override
        public Optional<Path> localFile(String key) {
            return store.localFile(key);
        }

        @Override
        public void close() {}
    }
}
