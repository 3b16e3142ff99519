package dev.elanus.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.Busy;
import dev.elanus.error.DatabaseException;
import dev.elanus.error.NotFound;
import dev.elanus.error.OutcomeUnknown;
import dev.elanus.manifest.Changes;
import dev.elanus.manifest.Manifest;
import dev.elanus.storage.DyingStore;
import dev.elanus.storage.FaultyStore;
import dev.elanus.storage.MemoryStore;
import dev.elanus.storage.ObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CollectionLogTest extends LogFixture {
    private MemoryStore memory = new MemoryStore(host.clock());

    @Test
    void racingWritersLoseNothingAndWriteNothingTwice() {
        Manifest manifest = created(memory);
        List<CompletableFuture<Appended>> pending = new ArrayList<>();
        Set<Long> expected = new TreeSet<>();
        for (int writer = 0; writer < 8; writer++) {
            CollectionLog log = open(memory, manifest, LogLimits.defaults());
            for (int i = 0; i < 50; i++) {
                long key = writer * 1_000L + i;
                expected.add(key);
                pending.add(log.append(row(key)));
            }
        }
        Set<Long> timestamps = new TreeSet<>();
        pending.forEach(write -> timestamps.add(host.await(write).timestamp()));
        assertThat(timestamps).hasSize(pending.size());
        assertThat(keysOf(open(memory, manifest, LogLimits.defaults()))).isEqualTo(expected);
    }

    @Test
    void underLostRepliesWhatIsAcknowledgedIsThereOnceAndWhatFailedIsNot() {
        for (long seed : new long[] {1, 2, 3, host.nanoTime()}) {
            memory = new MemoryStore(host.clock());
            Manifest manifest = created(memory);
            FaultyStore faulty = new FaultyStore(memory, host, new Random(seed), FaultyStore.Faults.OFTEN);
            CollectionLog log = open(faulty, manifest, LogLimits.defaults());
            Set<Long> acknowledged = new TreeSet<>();
            Set<Long> refused = new TreeSet<>();
            for (int i = 0; i < 200; i++) {
                long key = seed * 10_000 + i;
                try {
                    host.await(log.append(row(key)));
                    acknowledged.add(key);
                } catch (OutcomeUnknown unknown) {
                    // Either is right, but never half and never twice.
                } catch (DatabaseException failure) {
                    refused.add(key);
                }
            }
            Set<Long> there = keysOf(open(memory, manifest, LogLimits.defaults()));
            assertThat(there).as("seed %d", seed).containsAll(acknowledged).doesNotContainAnyElementsOf(refused);
            assertThat(acknowledged).as("seed %d", seed).isNotEmpty();
        }
    }

    @Test
    void aWriteThatLostItsReplyIsRecognisedAsOurs() {
        Manifest manifest = created(memory);
        ObjectStore losing =
                new FaultyStore(memory, host, new Random(1), new FaultyStore.Faults(1, 0, 0, 0, Duration.ZERO));
        CollectionLog log = open(losing, manifest, LogLimits.defaults());
        host.await(log.append(row(1)));
        host.await(log.append(row(2)));
        assertThat(keysOf(open(memory, manifest, LogLimits.defaults()))).containsExactly(1L, 2L);
    }

    @Test
    void pastTheLimitOfUnsealedBytesWritesAreToldToRetryLater() {
        CollectionLog log = open(memory, created(memory), new LogLimits(30, 1 << 20, 1 << 20, Duration.ofMinutes(10)));
        for (int i = 0; i < 5; i++) {
            host.await(log.append(row(i)));
            if (log.view().tail().sizeBytes() > 30) {
                break;
            }
        }
        assertThatThrownBy(() -> host.await(log.append(row(99))))
                .isInstanceOf(Busy.class)
                .hasMessageContaining("retry later");
        assertThat(keysOf(log)).doesNotContain(99L);
    }

    /** A listing of a folder is no snapshot: a batch that was written while it was made can be in it and its predecessors not. */
    @Test
    void batchesThatAListingMissesAreReadAllTheSame() {
        Manifest manifest = created(memory);
        CollectionLog writer = open(memory, manifest, LogLimits.defaults());
        Set<Long> expected = new TreeSet<>();
        for (long key = 1; key <= 9; key++) {
            host.await(writer.append(row(key)));
            expected.add(key);
        }
        List<Long> unlisted = List.of(1L, 2L, 4L, 5L, 8L);
        DyingStore forgetful = new DyingStore(memory, Long.MAX_VALUE, false) {
            @Override
            public List<Listed> list(String prefix, String startAfter, int limit) {
                return super.list(prefix, startAfter, limit).stream()
                        .filter(listed -> !prefix.equals(LogKeys.logPrefix(1))
                                || !unlisted.contains(LogKeys.sequenceOf(1, listed)))
                        .toList();
            }
        };
        assertThat(keysOf(open(forgetful, manifest, LogLimits.defaults()))).isEqualTo(expected);
    }

    @Test
    void aChangeIsNotPutInThePlaceOfAVersionThatWasCollected() {
        Manifest first = created(memory);
        CollectionLog stale = open(memory, first);
        CollectionLog writer = open(memory, first);
        Manifest second = writer.commit(manifest -> manifest);
        Manifest third = writer.commit(manifest -> manifest);
        memory.delete(writer.versions().key(second.version()));
        Manifest committed = stale.commit(Changes.drop());
        assertThat(committed.version()).isEqualTo(third.version() + 1);
        assertThat(writer.versions().newest().orElseThrow().dropped()).isTrue();
    }

    /** The manifest was read before the drop, the log after it: only the fence tells. */
    @Test
    void whoMeetsAFenceLooksBeforeItWritesBehindIt() {
        Manifest first = created(memory);
        CollectionLog dropping = open(memory, first);
        CollectionLog late = open(memory, first);
        host.await(late.append(row(1)));
        host.await(dropping.look());
        dropping.commit(Changes.drop());
        dropping.fence();
        late.install(new LogReader(1, new FixedSchema(SCHEMA), host).read(memory, List.of(2L)));
        assertThatThrownBy(() -> host.await(late.append(row(2)))).isInstanceOf(NotFound.class);
    }

    @Test
    void aTailOfSingleRowsIsFewChunks() {
        CollectionLog log = open(memory, created(memory), LogLimits.defaults());
        for (int i = 0; i < 300; i++) {
            host.await(log.append(row(i)));
        }
        assertThat(log.view().tail().chunks()).hasSizeLessThan(12);
        assertThat(log.view().tail().rowCount()).isEqualTo(300);
    }
}
