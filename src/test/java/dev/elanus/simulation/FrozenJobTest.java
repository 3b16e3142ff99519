package dev.elanus.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.simulation.Note.Outcome;
import dev.elanus.simulation.Plan.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job is frozen after it wrote a segment and before a manifest names it, for so long that the collector takes the segment for garbage. */
class FrozenJobTest {
    private static final Duration PATIENCE = Duration.ofHours(9);

    @TempDir
    Path folder;

    private final Scheduler scheduler = new Scheduler(new SplittableRandom(1));
    private final Weather weather = new Weather(scheduler, new SplittableRandom(2), EnumSet.noneOf(Fault.class), 0);
    private final Bucket bucket = new Bucket(scheduler);
    private final SimulatedHost outside = new SimulatedHost(scheduler, new SplittableRandom(3), 1, 0);
    private final List<Note> notes = new ArrayList<>();

    @Test
    void noManifestNamesWhatWasCollectedMeanwhile() {
        assertThat(scheduler.run(outside, this::live)).isEmpty();
        assertThat(notes).isNotEmpty();
    }

    private boolean live() {
        List<SimulatedProcess> processes = List.of(process(0, false), process(1, true));
        processes.forEach(SimulatedProcess::boot);
        outside.pause(Duration.ofMinutes(1));
        Client client = new Client(outside, scheduler, processes, notes);
        client.take(step(0, new Deed.Create("a")), PATIENCE);
        client.take(step(1, new Deed.Insert("a", 1, 5)), PATIENCE);
        CompletableFuture<Outcome> flush = outside.start(
                () -> new Client(outside, scheduler, processes, notes).take(step(2, new Deed.Flush("a")), PATIENCE));
        while (segments() == 0) {
            outside.pause(Duration.ofMillis(1));
        }
        processes
                .getFirst()
                .host()
                .freezeUntil(scheduler.nowNanos() + Duration.ofHours(3).toNanos());
        outside.pause(Duration.ofHours(2));
        client.take(step(3, new Deed.CollectGarbage()), PATIENCE);
        assertThat(segments()).as("what no manifest names").isZero();
        assertThat(outside.await(flush)).isInstanceOf(Outcome.Done.class);
        assertThat(segments()).isEqualTo(1);
        assertThat(client.take(step(4, new Deed.Query("a", ConsistencyLevel.STRONG, List.of())), PATIENCE))
                .isInstanceOfSatisfying(
                        Outcome.Rows.class, read -> assertThat(read.rows()).hasSize(5));
        return true;
    }

    private long segments() {
        return bucket.list("c/", "", Integer.MAX_VALUE).stream()
                .filter(listed -> listed.key().endsWith("/rows"))
                .count();
    }

    private SimulatedProcess process(int number, boolean builds) {
        return new SimulatedProcess(
                scheduler,
                bucket,
                weather,
                new SplittableRandom(10 + number),
                folder.resolve("process-" + number),
                builds,
                false,
                0);
    }

    private static Step step(int number, Deed deed) {
        return new Step(number, 1, 0, 0, deed);
    }
}
