package dev.elanus.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.Corrupt;
import dev.elanus.error.OutcomeUnknown;
import dev.elanus.error.Unavailable;
import dev.elanus.manifest.BatchId;
import dev.elanus.manifest.Changes;
import dev.elanus.manifest.Manifest;
import dev.elanus.storage.Content;
import dev.elanus.storage.DyingStore;
import dev.elanus.storage.MemoryStore;
import dev.elanus.storage.Put;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.Test;

/** Several batches in flight, on a store that answers when the test says so. */
class WritePipelineTest extends LogFixture {
    /** Large enough to leave beside a batch that is on its way. */
    private static final int LARGE = 1 << 20;

    private final MemoryStore memory = new MemoryStore(host.clock());
    private final Manifest manifest = created(memory);

    /** A store whose puts into the log wait until they are let through. */
    private static class Gate extends DyingStore {
        private final Map<Long, CompletableFuture<Boolean>> waiting = new ConcurrentSkipListMap<>();
        private final Map<Long, CompletableFuture<Boolean>> done = new ConcurrentSkipListMap<>();

        Gate(MemoryStore store) {
            super(store, Long.MAX_VALUE, false);
        }

        private CompletableFuture<Boolean> at(long sequence) {
            return waiting.computeIfAbsent(sequence, _ -> new CompletableFuture<>());
        }

        void let(long sequence) {
            at(sequence).complete(true);
        }

        void refuse(long sequence) {
            at(sequence).complete(false);
        }

        /** Lets a put through and returns when the object is there. */
        void letAndWait(long sequence) {
            let(sequence);
            done.computeIfAbsent(sequence, _ -> new CompletableFuture<>()).join();
        }

        @Override
        public Put putIfAbsent(String key, Content content) {
            String prefix = LogKeys.logPrefix(1);
            if (!key.startsWith(prefix)) {
                return super.putIfAbsent(key, content);
            }
            long sequence = Long.parseLong(key, prefix.length(), key.length(), 16);
            if (!at(sequence).join()) {
                throw new Unavailable("refused for the test");
            }
            Put outcome = super.putIfAbsent(key, content);
            done.computeIfAbsent(sequence, _ -> new CompletableFuture<>()).complete(true);
            return outcome;
        }
    }

    private LogBatch foreign(long sequence, BatchId previous, long key) {
        return new LogBatch(
                sequence,
                now + sequence,
                new BatchId(99, sequence),
                previous,
                0,
                List.of(new LogEntry(null, row(key).rows())));
    }

    /** Two batches on their way, of which the second is stored and the first is not. */
    private record InFlight(CompletableFuture<Appended> first, CompletableFuture<Appended> second) {}

    private InFlight twoInFlight(Gate gate, CollectionLog log) {
        // What comes while the first look is under way leaves in one batch.
        host.await(log.look());
        InFlight writes = new InFlight(log.append(rows(0, LARGE)), log.append(rows(1, LARGE)));
        gate.letAndWait(2);
        return writes;
    }

    private void put(LogBatch batch) {
        memory.putIfAbsent(LogKeys.batch(1, batch.sequence()), new Content.Memory(LogBatchCodec.encode(batch)));
    }

    private Map<Long, Long> countsSeenByAnother() {
        Map<Long, Long> counts = new TreeMap<>();
        keysOf(open(memory, manifest)).forEach(key -> counts.merge(key % 1_000, 1L, Long::sum));
        return counts;
    }

    @Test
    void aLaterBatchIsNotAcknowledgedBeforeTheOnesBeforeIt() {
        Gate gate = new Gate(memory);
        CollectionLog log = open(gate, manifest);
        InFlight writes = twoInFlight(gate, log);
        assertThat(writes.second()).isNotDone();
        assertThat(keysOf(open(memory, manifest)))
                .as("what lies behind a free place does not count")
                .isEmpty();
        gate.let(1);
        assertThat(host.await(writes.first()).timestamp())
                .isLessThan(host.await(writes.second()).timestamp());
        assertThat(countsSeenByAnother()).containsOnlyKeys(0L, 1L);
    }

    @Test
    void whatWasInFlightBehindALostPlaceIsVoidAndWrittenAgain() {
        Gate gate = new Gate(memory);
        CollectionLog log = open(gate, manifest);
        InFlight writes = twoInFlight(gate, log);
        put(foreign(1, BatchId.NONE, 7));
        for (long sequence = 1; sequence < 20; sequence++) {
            gate.let(sequence);
        }
        host.await(writes.first());
        host.await(writes.second());
        assertThat(keysOf(open(memory, manifest))).as("each row once").hasSize(1 + 2 * rowsOf(LARGE));
        assertThat(countsSeenByAnother()).containsKeys(0L, 1L, 7L);
    }

    @Test
    void aPlaceThatADeadWriterLeftFreeIsTakenAndWhatLiesBehindItDoesNotCount() {
        put(foreign(1, BatchId.NONE, 5));
        put(foreign(3, new BatchId(99, 2), 6));
        CollectionLog log = open(memory, manifest);
        host.await(log.append(row(10)));
        host.await(log.append(row(11)));
        assertThat(keysOf(open(memory, manifest))).containsExactly(5L, 10L, 11L);
        assertThat(keysOf(log)).containsExactly(5L, 10L, 11L);
    }

    @Test
    void ifTheMissingBatchArrivesAfterAllEverythingBehindItCounts() {
        put(foreign(2, new BatchId(99, 1), 6));
        CollectionLog log = open(memory, manifest);
        assertThat(keysOf(log)).isEmpty();
        put(foreign(1, BatchId.NONE, 5));
        assertThat(keysOf(log)).containsExactly(5L, 6L);
    }

    @Test
    void aRefusedBatchFailsAloneAndThoseBehindItAreWritten() {
        Gate gate = new Gate(memory);
        CollectionLog log = open(gate, manifest);
        InFlight writes = twoInFlight(gate, log);
        gate.refuse(1);
        assertThatThrownBy(() -> host.await(writes.first())).isInstanceOf(Unavailable.class);
        // Its successor goes for the place that stayed free, which this gate refuses as well.
        assertThatThrownBy(() -> host.await(writes.second())).isInstanceOf(Unavailable.class);
        CollectionLog other = open(memory, manifest);
        host.await(other.append(row(9)));
        assertThat(keysOf(open(memory, manifest))).containsExactly(9L);
    }

    @Test
    void behindABatchOfUnknownOutcomeNothingIsSaidToBeWritten() {
        Gate gate = new Gate(memory) {
            @Override
            public Put putIfAbsent(String key, Content content) {
                Put outcome = super.putIfAbsent(key, content);
                return key.equals(LogKeys.batch(1, 1)) ? new Put.ReplyLost(new Unavailable("lost")) : outcome;
            }

            @Override
            public Optional<MemorySegment> get(String key) {
                if (key.equals(LogKeys.batch(1, 1))) {
                    throw new Unavailable("unreadable for the test");
                }
                return super.get(key);
            }
        };
        CollectionLog log = open(gate, manifest);
        CompletableFuture<Appended> first = log.append(rows(0, LARGE));
        CompletableFuture<Appended> second = log.append(rows(1, LARGE));
        gate.let(1);
        gate.let(2);
        assertThatThrownBy(() -> host.await(first)).isInstanceOf(OutcomeUnknown.class);
        assertThatThrownBy(() -> host.await(second)).isInstanceOf(OutcomeUnknown.class);
        assertThat(countsSeenByAnother()).as("whole or absent").containsKey(0L);
    }

    @Test
    void smallWritesThatComeTogetherShareTheNextBatch() {
        Gate gate = new Gate(memory);
        CollectionLog log = open(gate, manifest);
        host.await(log.look());
        List<CompletableFuture<Appended>> pending = new ArrayList<>();
        for (long key = 0; key < 20; key++) {
            pending.add(log.append(row(key)));
        }
        gate.let(1);
        gate.let(2);
        pending.forEach(host::await);
        assertThat(memory.list(LogKeys.logPrefix(1), "", 100))
                .as("the first alone, the others together")
                .hasSize(2);
    }

    @Test
    void aDurableBatchThatIsGoneIsNoticedAndNamed() {
        CollectionLog log = open(memory, manifest);
        for (long key = 1; key <= 3; key++) {
            host.await(log.append(row(key)));
        }
        memory.delete(LogKeys.batch(1, 2));
        assertThatThrownBy(() -> keysOf(open(memory, manifest)))
                .isInstanceOf(Corrupt.class)
                .hasMessageContaining(LogKeys.batch(1, 2));
    }

    @Test
    void aBatchThatIsLeftOfADroppedCollectionsLogIsNoDamage() {
        CollectionLog log = open(memory, manifest);
        for (long key = 1; key <= 3; key++) {
            host.await(log.append(row(key)));
        }
        log.commit(Changes.drop());
        memory.delete(LogKeys.batch(1, 1));
        assertThat(host.await(open(memory, manifest).look()).view().manifest().dropped())
                .isTrue();
    }

    @Test
    void aFenceStopsAWriterThatHasSeveralBatchesInFlight() {
        Gate gate = new Gate(memory);
        CollectionLog log = open(gate, manifest);
        InFlight writes = twoInFlight(gate, log);
        CollectionLog dropper = open(memory, manifest);
        dropper.commit(Changes.drop());
        dropper.fence();
        for (long sequence = 1; sequence < 20; sequence++) {
            gate.let(sequence);
        }
        for (CompletableFuture<Appended> write : List.of(writes.first(), writes.second())) {
            assertThatThrownBy(() -> host.await(write)).hasMessageContaining("collection not found");
        }
    }
}
