package dev.elanus.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.ByteRange;
import dev.elanus.error.Corrupt;
import dev.elanus.error.DatabaseException;
import dev.elanus.error.NotFound;
import dev.elanus.host.MachineHost;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store promises. */
abstract class ObjectStoreContract {
    private static final int RACERS = 12;

    final MachineHost host = new MachineHost(2);
    ObjectStore store;

    @TempDir
    Path scratch;

    /** A store without objects. */
    abstract ObjectStore open() throws IOException;

    @BeforeEach
    void openStore() throws IOException {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
        host.close();
    }

    @Test
    void ofTwelveRacingWritersOneWinsAlways() {
        for (int round = 0; round < 25; round++) {
            String key = "race/" + round;
            List<CompletableFuture<Put>> puts = IntStream.range(0, RACERS)
                    .mapToObj(racer -> host.start(() -> store.putIfAbsent(key, text(("racer " + racer).repeat(2000)))))
                    .toList();
            List<Integer> winners = new ArrayList<>();
            for (int racer = 0; racer < RACERS; racer++) {
                Put outcome = host.await(puts.get(racer));
                assertThat(outcome).isNotInstanceOf(Put.ReplyLost.class);
                if (outcome instanceof Put.Stored) {
                    winners.add(racer);
                }
            }
            assertThat(winners).as("round %d", round).hasSize(1);
            assertThat(textOf(key)).isEqualTo(("racer " + winners.getFirst()).repeat(2000));
        }
    }

    @Test
    void underFaultsReadingBackStillFindsOneWinner() {
        long seed = Long.getLong("seed", 20261124);
        System.out.println("seed " + seed);
        FaultyStore faulty = new FaultyStore(store, host, new SplittableRandom(seed), FaultyStore.Faults.OFTEN);
        for (int round = 0; round < 10; round++) {
            String key = "race/" + round;
            List<CompletableFuture<Boolean>> wins = IntStream.range(0, RACERS)
                    .mapToObj(racer -> host.start(() -> wins(faulty, key, "racer " + racer)))
                    .toList();
            assertThat(wins.stream().filter(host::await)).as("round %d", round).hasSize(1);
        }
    }

    @Test
    void anObjectIsReadWholeAndInRanges() {
        assertThat(store.putIfAbsent("c/1/rows", text("0123456789"))).isEqualTo(new Put.Stored());
        assertThat(textOf("c/1/rows")).isEqualTo("0123456789");
        assertThat(string(store.read("c/1/rows", new ByteRange(0, 10)))).isEqualTo("0123456789");
        assertThat(string(store.read("c/1/rows", new ByteRange(3, 4)))).isEqualTo("3456");
        assertThat(string(store.read("c/1/rows", new ByteRange(9, 1)))).isEqualTo("9");
        assertThat(string(store.read("c/1/rows", new ByteRange(4, 0)))).isEmpty();
    }

    @Test
    void aRangeBeyondTheEndIsCorruption() {
        store.putIfAbsent("c/1/rows", text("0123456789"));
        for (ByteRange range : List.of(
                new ByteRange(0, 11),
                new ByteRange(9, 2),
                new ByteRange(10, 1),
                new ByteRange(50, 1),
                new ByteRange(50, 0))) {
            assertThatThrownBy(() -> store.read("c/1/rows", range))
                    .as("%s", range)
                    .isInstanceOf(Corrupt.class)
                    .hasMessageContaining("c/1/rows");
        }
    }

    @Test
    void aMissingObjectIsNotFound() {
        assertThat(store.get("c/1/rows")).isEmpty();
        assertThatThrownBy(() -> store.read("c/1/rows", new ByteRange(0, 1)))
                .isInstanceOfSatisfying(
                        NotFound.class, failure -> assertThat(failure.kind()).isEqualTo(NotFound.Kind.OBJECT))
                .hasMessageContaining("c/1/rows");
        assertThatThrownBy(() -> store.read("c/1/rows", new ByteRange(0, 0))).isInstanceOf(NotFound.class);
        assertThat(store.localFile("c/1/rows")).isEmpty();
        store.putIfAbsent("c/1/rows", text("x"));
        assertThat(store.get("c/1")).isEmpty();
    }

    @Test
    void whatIsThereIsNeverOverwrittenByAPutIfAbsent() {
        store.putIfAbsent("a", text("first"));
        assertThat(store.putIfAbsent("a", text("second"))).isEqualTo(new Put.AlreadyThere());
        assertThat(textOf("a")).isEqualTo("first");
    }

    @Test
    void aHintIsReplaced() {
        store.replace("hint/default/pictures", text("long and first"));
        store.replace("hint/default/pictures", text("second"));
        assertThat(textOf("hint/default/pictures")).isEqualTo("second");
    }

    @Test
    void aDeletedKeyMayBeWrittenAgainAndDeletingNothingIsNoError() {
        store.delete("c/1/rows");
        store.putIfAbsent("c/1/rows", text("first"));
        store.delete("c/1/rows");
        assertThat(store.get("c/1/rows")).isEmpty();
        assertThat(store.list("c/", "", 10)).isEmpty();
        assertThat(store.putIfAbsent("c/1/rows", text("second"))).isEqualTo(new Put.Stored());
    }

    @Test
    void anObjectMayBeEmpty() {
        assertThat(store.putIfAbsent("c/1/empty", text(""))).isEqualTo(new Put.Stored());
        assertThat(store.putIfAbsent("c/1/empty", text("x"))).isEqualTo(new Put.AlreadyThere());
        assertThat(textOf("c/1/empty")).isEmpty();
        assertThat(string(store.read("c/1/empty", new ByteRange(0, 0)))).isEmpty();
        assertThat(store.list("c/", "", 10))
                .singleElement()
                .satisfies(one -> assertThat(one.length()).isZero());
    }

    @Test
    void keysAreListedInTheOrderOfTheirBytes() {
        List<String> keys =
                List.of("b", "a/b/c", "a.x", "a-b", "a0", "a/b.x", "a/a", "ab/c", "A/z", "a/b-1", "a_b", "$m");
        keys.forEach(key -> store.putIfAbsent(key, text(key)));
        List<String> sorted = keys.stream().sorted().toList();

        assertThat(keysOf("", "", 100)).isEqualTo(sorted);
        assertThat(keysOf("a", "", 100))
                .isEqualTo(sorted.stream().filter(key -> key.startsWith("a")).toList());
        assertThat(keysOf("a/", "", 100)).containsExactly("a/a", "a/b-1", "a/b.x", "a/b/c");
        assertThat(keysOf("a/b", "", 100)).containsExactly("a/b-1", "a/b.x", "a/b/c");
        assertThat(keysOf("a/b/", "", 100)).containsExactly("a/b/c");
        assertThat(keysOf("a/b/c/", "", 100)).isEmpty();
        assertThat(keysOf("none/", "", 100)).isEmpty();
        assertThat(store.list("a/b/c", "", 1)).singleElement().satisfies(one -> {
            assertThat(one.length()).isEqualTo(5);
            assertThat(one.modifiedMillis()).isCloseTo(System.currentTimeMillis(), within(Duration.ofMinutes(5)));
        });
        for (int start = 0; start < sorted.size(); start++) {
            for (int limit = 1; limit <= sorted.size(); limit++) {
                assertThat(keysOf("", sorted.get(start), limit))
                        .as("after %s, %d", sorted.get(start), limit)
                        .isEqualTo(sorted.subList(start + 1, Math.min(sorted.size(), start + 1 + limit)));
            }
        }
        assertThat(keysOf("a/", "a/a0", 100)).containsExactly("a/b-1", "a/b.x", "a/b/c");
        assertThat(keysOf("a/", "a", 100)).hasSize(4);
        assertThat(keysOf("a/", "b", 100)).isEmpty();
    }

    @Test
    void aListingOfMoreThanAPageIsWhole() {
        List<String> keys =
                IntStream.range(0, 1100).mapToObj("log/%08d"::formatted).toList();
        List<CompletableFuture<Put>> puts = keys.stream()
                .map(key -> host.start(() -> store.putIfAbsent(key, text(""))))
                .toList();
        puts.forEach(host::await);

        assertThat(keysOf("log/", "", 5000)).isEqualTo(keys);
        assertThat(keysOf("log/", "", 1050)).isEqualTo(keys.subList(0, 1050));
        assertThat(keysOf("log/", keys.get(1098), 10)).containsExactly(keys.get(1099));
    }

    @Test
    void aLargeObjectIsWrittenFromMemoryAndFromAFile() throws IOException {
        byte[] bytes = new byte[20_000_003];
        new SplittableRandom(1).nextBytes(bytes);
        Path file = Files.write(scratch.resolve("content"), bytes);

        assertThat(store.putIfAbsent("large/memory", Content.of(bytes))).isEqualTo(new Put.Stored());
        assertThat(store.putIfAbsent("large/file", new Content.LocalFile(file, bytes.length)))
                .isEqualTo(new Put.Stored());
        assertThat(store.putIfAbsent("large/file", new Content.LocalFile(file, bytes.length)))
                .isEqualTo(new Put.AlreadyThere());

        MemorySegment expected = MemorySegment.ofArray(bytes);
        for (String key : List.of("large/memory", "large/file")) {
            assertThat(store.get(key).orElseThrow().mismatch(expected)).isEqualTo(-1);
            assertThat(store.read(key, new ByteRange(19_000_000, 1_000_003)).mismatch(expected.asSlice(19_000_000)))
                    .isEqualTo(-1);
        }
        store.localFile("large/file").ifPresent(local -> assertThat(local).hasBinaryContent(bytes));
    }

    @Test
    void contentOverAnyKindOfArrayIsAccepted() {
        float[] floats = {1.5f, -2f};
        store.putIfAbsent("floats", new Content.Memory(MemorySegment.ofArray(floats)));
        assertThat(store.get("floats").orElseThrow().mismatch(MemorySegment.ofArray(floats)))
                .isEqualTo(-1);
    }

    @Test
    void aKeyThatSomeStoreCouldNotHoldIsRefusedByEachOfThem() {
        for (String key : List.of(
                "",
                "/a",
                "a/",
                "a//b",
                "../a",
                "a/../b",
                ".",
                "a/.hidden",
                "a b",
                "ä",
                "a\\b",
                "a\0",
                "a".repeat(256))) {
            assertThatThrownBy(() -> store.putIfAbsent(key, text("x")))
                    .as(key)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("object key: expected");
            assertThatThrownBy(() -> store.get(key)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theProbeFindsThatConditionsAreHonouredAndLeavesNothingBehind() {
        StoreProbe.check(store, host);
        assertThat(store.list("", "", 10)).isEmpty();
    }

    /** What a writer of the log or of a manifest does. */
    static boolean wins(ObjectStore faulty, String key, String mine) {
        for (int attempt = 0; attempt < 100; attempt++) {
            try {
                Put outcome = faulty.putIfAbsent(key, text(mine));
                if (outcome instanceof Put.Stored) {
                    return true;
                }
                var found = faulty.get(key);
                if (found.isPresent()) {
                    return string(found.get()).equals(mine);
                }
            } catch (DatabaseException _) {
                // Unavailable, as asked for: again.
            }
        }
        throw new AssertionError("no outcome");
    }

    static Content text(String text) {
        return Content.of(text.getBytes(StandardCharsets.UTF_8));
    }

    String textOf(String key) {
        return string(store.get(key).orElseThrow());
    }

    static String string(MemorySegment bytes) {
        return new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    private List<String> keysOf(String prefix, String startAfter, int limit) {
        return store.list(prefix, startAfter, limit).stream()
                .map(ObjectStore.Listed::key)
                .toList();
    }

    private static org.assertj.core.data.Offset<Long> within(Duration duration) {
        return org.assertj.core.data.Offset.offset(duration.toMillis());
    }
}
