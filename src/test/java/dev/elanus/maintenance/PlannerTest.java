package dev.elanus.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.storage.ObjectStore.Listed;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannerTest {
    @Test
    void aVersionIsKeptUntilItsSuccessorIsOlderThanTheGracePeriod() {
        List<Listed> newestFirst =
                List.of(new Listed("5", 1, 90), new Listed("4", 1, 50), new Listed("3", 1, 40), new Listed("2", 1, 10));
        assertThat(GarbageCollector.keptVersions(newestFirst, 100)).isEqualTo(1);
        assertThat(GarbageCollector.keptVersions(newestFirst, 90)).isEqualTo(2);
        assertThat(GarbageCollector.keptVersions(newestFirst, 45)).isEqualTo(3);
        assertThat(GarbageCollector.keptVersions(newestFirst, 5)).isEqualTo(4);
        assertThat(GarbageCollector.keptVersions(List.of(), 5)).isZero();
    }
}
