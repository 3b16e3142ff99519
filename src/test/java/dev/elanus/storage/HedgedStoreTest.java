package dev.elanus.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.ByteRange;
import dev.elanus.error.Unavailable;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HedgedStoreTest {
    private static final ByteRange ALL = new ByteRange(0, 3);
    private static final Duration LONG = Duration.ofSeconds(1);

    private final HandHost host = new HandHost();
    private final MemoryStore memory = new MemoryStore(host.clock());
    private final ProbedStore probed = new ProbedStore(memory);
    private final StoreTraffic traffic = new StoreTraffic();
    private final HedgedStore store = new HedgedStore(probed, host, traffic);

    @BeforeEach
    void putSomething() {
        memory.putIfAbsent("a", Content.of(new byte[] {1, 2, 3}));
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aReadIsSentOnceWhereTheAnswerComes() {
        assertThat(store.read("a", ALL).byteSize()).isEqualTo(3);
        assertThat(probed.reads).hasSize(1);
        assertThat(traffic.hedged()).isZero();
    }

    @Test
    void theSecondRequestWinsOverAFirstWithoutAnAnswer() {
        CompletableFuture<Void> stuck = new CompletableFuture<>();
        CompletableFuture<MemorySegment> read = readHeldBackBy(stuck);
        probed.gate = CompletableFuture.completedFuture(null);
        host.pass(LONG);
        assertThat(host.await(read).byteSize()).isEqualTo(3);
        assertThat(traffic.hedged()).isOne();
        assertThat(traffic.hedgesWon()).isOne();
        stuck.complete(null);
    }

    @Test
    void theFirstRequestStillWinsIfItsAnswerComesFirst() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<MemorySegment> read = readHeldBackBy(first);
        CompletableFuture<Void> second = new CompletableFuture<>();
        probed.gate = second;
        host.pass(LONG);
        probed.awaitReads(1);
        first.complete(null);
        assertThat(host.await(read).byteSize()).isEqualTo(3);
        assertThat(traffic.hedgesWon()).isZero();
        second.complete(null);
    }

    @Test
    void aFailureOfOneIsNotTheAnswerWhileTheOtherIsUnderWay() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<MemorySegment> read = readHeldBackBy(first);
        CompletableFuture<Void> second = new CompletableFuture<>();
        probed.gate = second;
        host.pass(LONG);
        probed.awaitReads(1);
        first.completeExceptionally(new Unavailable("the first failed"));
        assertThat(read).isNotDone();
        second.complete(null);
        assertThat(host.await(read).byteSize()).isEqualTo(3);
    }

    @Test
    void ifBothFailTheFailureIsTold() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<MemorySegment> read = readHeldBackBy(first);
        probed.failing = true;
        probed.gate = CompletableFuture.completedFuture(null);
        host.pass(LONG);
        first.complete(null);
        assertThatThrownBy(() -> host.await(read)).isInstanceOf(Unavailable.class);
    }

    @Test
    void noMoreThanOneRequestInTwentyIsSentTwice() {
        HedgeAllowance allowance = new HedgeAllowance();
        int rounds = 400;
        int taken = 0;
        for (int i = 0; i < rounds; i++) {
            allowance.earn();
            taken += allowance.take() ? 1 : 0;
        }
        assertThat(taken).isBetween(rounds / 20, rounds / 20 + 4);
    }

    @Test
    void aStoreThatAskedToSlowDownIsSpared() {
        traffic.countThrottled();
        CompletableFuture<Void> stuck = new CompletableFuture<>();
        CompletableFuture<MemorySegment> read = readHeldBackBy(stuck);
        host.pass(LONG);
        stuck.complete(null);
        host.await(read);
        assertThat(traffic.hedged()).isZero();
        assertThat(probed.reads).hasSize(1);
        host.pass(Duration.ofSeconds(11));
        theSecondRequestWinsOverAFirstWithoutAnAnswer();
    }

    @Test
    void theWaitFollowsHowLongNearlyAllRequestsOfTheKindTake() {
        for (int i = 0; i < 40; i++) {
            CompletableFuture<Void> gate = new CompletableFuture<>();
            CompletableFuture<MemorySegment> read = readHeldBackBy(gate);
            host.pass(Duration.ofMillis(50));
            gate.complete(null);
            host.await(read);
        }
        CompletableFuture<Void> gate = new CompletableFuture<>();
        CompletableFuture<MemorySegment> read = readHeldBackBy(gate);
        assertThat(host.awaitWaiting()).isBetween(Duration.ofMillis(50), Duration.ofMillis(63));
        gate.complete(null);
        host.await(read);
    }

    /** Starts a read that waits, until the store has it and the caller waits with a limit. */
    private CompletableFuture<MemorySegment> readHeldBackBy(CompletableFuture<Void> gate) {
        probed.gate = gate;
        CompletableFuture<MemorySegment> read = host.start(() -> store.read("a", ALL));
        probed.awaitReads(1);
        host.awaitWaiting();
        return read;
    }
}
