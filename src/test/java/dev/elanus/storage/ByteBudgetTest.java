package dev.elanus.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.host.MachineHost;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {
    @Test
    void noMoreThanTheBudgetIsEverTakenAndEverybodyGetsATurn() {
        try (MachineHost host = new MachineHost(1)) {
            ByteBudget budget = new ByteBudget(100, host);
            AtomicLong taken = new AtomicLong();
            AtomicLong most = new AtomicLong();
            List<CompletableFuture<Void>> tasks = IntStream.range(0, 200)
                    .mapToObj(task -> host.<Void>start(() -> {
                        long bytes = task % 7 == 0 ? 100 : task % 40;
                        budget.take(bytes);
                        most.accumulateAndGet(taken.addAndGet(bytes), Math::max);
                        Thread.yield();
                        taken.addAndGet(-bytes);
                        budget.give(bytes);
                        return null;
                    }))
                    .toList();
            tasks.forEach(host::await);
            assertThat(most.get()).isLessThanOrEqualTo(100);
            assertThat(taken.get()).isZero();
        }
    }
}
