package dev.elanus.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.Busy;
import dev.elanus.error.Invalid;
import dev.elanus.host.Admission.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final MachineHost host = new MachineHost(2);
    private final AtomicLong held = new AtomicLong();
    private final Admission admission = new Admission(host, "reads", 100, 3, 2, held::get);

    @AfterEach
    void close() {
        host.close();
    }

    private CompletableFuture<Ticket> enterLater(long bytes) {
        int before = admission.waiting();
        CompletableFuture<Ticket> entered = host.start(() -> admission.enter(bytes, LONG));
        while (admission.waiting() == before && !entered.isDone()) {
            Thread.onSpinWait();
        }
        return entered;
    }

    @Test
    void whatNeedsMoreThanThereIsForAllIsRefusedForGood() {
        assertThatThrownBy(() -> admission.enter(101, LONG))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("101")
                .hasMessageContaining("expected at most 100");
    }

    @Test
    void whoDoesNotFitWaitsAndSmallerOnesDoNotOvertake() {
        Ticket first = admission.enter(60, LONG);
        CompletableFuture<Ticket> large = enterLater(60);
        CompletableFuture<Ticket> small = enterLater(10);
        assertThat(large).isNotDone();
        assertThat(small).isNotDone();
        first.close();
        host.await(large);
        host.await(small).close();
        assertThat(admission.reservedBytes()).isEqualTo(60);
    }

    @Test
    void beyondThePlacesForWaitingRequestsAreRefusedAtOnce() {
        Ticket first = admission.enter(100, LONG);
        enterLater(10);
        enterLater(10);
        assertThatThrownBy(() -> admission.enter(10, LONG))
                .isInstanceOf(Busy.class)
                .hasMessageContaining("2 are waiting already")
                .hasMessageContaining("retry later");
        first.close();
    }

    @Test
    void whoWouldWaitForTooLongIsRefusedAtOnce() {
        for (int i = 0; i < 100; i++) {
            Ticket slow = admission.enter(1, LONG);
            host.pause(Duration.ofMillis(1));
            slow.close();
        }
        Ticket first = admission.enter(100, LONG);
        assertThatThrownBy(() -> admission.enter(1, Duration.ofNanos(100_000))).isInstanceOf(Busy.class);
        first.close();
    }

    @Test
    void theWaitEndsWithTheRequestsTime() {
        Ticket first = admission.enter(100, LONG);
        assertThatThrownBy(() -> admission.enter(10, Duration.ofMillis(2)))
                .isInstanceOf(Busy.class)
                .hasMessageContaining("whole time");
        assertThat(admission.waiting()).isZero();
        first.close();
    }

    @Test
    void whatIsHeldOtherwiseLeavesSoMuchLessAndRefusesAtOnceWhatDoesNotFitBesideIt() {
        held.set(90);
        admission.enter(10, LONG).close();
        assertThatThrownBy(() -> admission.enter(11, LONG))
                .isInstanceOf(Busy.class)
                .hasMessageContaining("not sealed yet take 90 of 100 bytes");
    }

    @Test
    void whoAsksForMoreThanIsLeftKeepsWhatItHas() {
        try (Ticket _ = admission.enter(40, LONG);
                Ticket ticket = admission.enter(40, LONG)) {
            ticket.grow(20);
            assertThatThrownBy(() -> ticket.grow(1)).isInstanceOf(Busy.class);
            assertThatThrownBy(() -> ticket.grow(100)).isInstanceOf(Invalid.class);
            assertThat(admission.reservedBytes()).isEqualTo(100);
        }
        assertThat(admission.reservedBytes()).isZero();
    }

    @Test
    void manyAtOnceNeverTakeMoreThanThereIs() {
        Admission many = new Admission(host, "reads", 100, 5, 10_000, () -> 0);
        AtomicLong taken = new AtomicLong();
        List<Long> peaks = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Boolean>> pending = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            long bytes = 1 + i % 60;
            pending.add(host.start(() -> {
                try (Ticket _ = many.enter(bytes, LONG)) {
                    peaks.add(taken.addAndGet(bytes));
                    Thread.yield();
                    taken.addAndGet(-bytes);
                }
                return true;
            }));
        }
        pending.forEach(host::await);
        assertThat(peaks).hasSize(500).allMatch(peak -> peak <= 100);
        assertThat(many.reservedBytes()).isZero();
    }
}
