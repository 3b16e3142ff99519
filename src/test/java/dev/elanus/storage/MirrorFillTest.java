package dev.elanus.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.ByteRange;
import dev.elanus.error.Unavailable;
import dev.elanus.host.MachineHost;
import dev.elanus.segment.ObjectKind;
import dev.elanus.segment.ObjectTail;
import dev.elanus.segment.ObjectWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a mirror does by itself: filling objects in the background, and making room. */
class MirrorFillTest {
    private static final int BLOCK = 65_536;

    @TempDir
    Path folder;

    @TempDir
    Path scratch;

    private final HandHost host = new HandHost();
    private final MemoryStore memory = new MemoryStore(host.clock());
    private final ProbedStore store = new ProbedStore(memory);

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void whatIsPrefetchedIsThereWhenSomebodyAsks() {
        List<ObjectRef> refs = List.of(put("a", 300), put("b", 10));
        try (Mirror mirror = new Mirror(store, folder, 1 << 30, host)) {
            mirror.prefetch(refs);
            awaitHeld(mirror, refs);
            store.reads.clear();
            for (ObjectRef ref : refs) {
                try (MirroredObject object = mirror.open(ref)) {
                    ByteRange all = new ByteRange(0, ref.tailOffset());
                    assertThat(mirror.bring(List.of(new Need(object, List.of(all))), new Meter()))
                            .isFalse();
                    assertThat(object.bytes().mismatch(memory.get(ref.key()).orElseThrow()))
                            .isEqualTo(-1);
                }
            }
            assertThat(store.reads).isEmpty();
        }
    }

    @Test
    void anObjectIsFilledOnceItWasTouchedWhereThatIsAskedFor() {
        ObjectRef ref = put("a", 40);
        try (Mirror mirror = new Mirror(store, folder, 1 << 30, true, host)) {
            mirror.open(ref).close();
            awaitHeld(mirror, List.of(ref));
        }
    }

    @Test
    void fillingDropsNothingAndEndsWhereTheBudgetDoes() {
        ObjectRef used = put("used", 20);
        ObjectRef large = put("large", 30);
        ObjectRef small = put("small", 5);
        try (Mirror mirror = new Mirror(store, folder, 40L * BLOCK, host)) {
            try (MirroredObject object = mirror.open(used)) {
                mirror.bring(List.of(new Need(object, List.of(new ByteRange(0, 20L * BLOCK)))), new Meter());
            }
            mirror.prefetch(List.of(large, small));
            awaitHeld(mirror, List.of(used, small));
            assertThat(store.reads).noneMatch(read -> read.startsWith("large"));
            store.reads.clear();
            try (MirroredObject object = mirror.open(used)) {
                assertThat(mirror.bring(List.of(new Need(object, List.of(new ByteRange(0, 9)))), new Meter()))
                        .isFalse();
            }
        }
    }

    @Test
    void anObjectThatCannotBeFilledDoesNotKeepTheOthersFromIt() {
        ObjectRef gone = put("gone", 3);
        ObjectRef there = put("there", 3);
        memory.delete("gone");
        try (Mirror mirror = new Mirror(store, folder, 1 << 30, host)) {
            mirror.prefetch(List.of(gone, there));
            awaitHeld(mirror, List.of(there));
        }
    }

    @Test
    void fillingEndsWithTheMirror() {
        Mirror mirror = new Mirror(store, folder, 1 << 30, host);
        CompletableFuture<Void> gate = new CompletableFuture<>();
        store.gate = gate;
        mirror.prefetch(List.of(put("a", 700)));
        store.awaitReads(2);
        CompletableFuture<Void> closing = host.start(() -> {
            mirror.close();
            return null;
        });
        host.awaitWaiting();
        gate.complete(null);
        host.await(closing);
        assertThat(store.reads).containsExactlyInAnyOrder("a 0+128", "a tail");
        mirror.prefetch(List.of(put("b", 1)));
        assertThat(store.reads).hasSize(2);
    }

    @Test
    void aFullDiskDropsWhatIsIdleAndOtherwiseSaysSoInOneSentence() throws IOException {
        MachineHost machine = new MachineHost(2);
        try (SmallDisk disk = new SmallDisk(folder.resolve("disk"), 2);
                Mirror mirror = new Mirror(store, disk.path().resolve("mirror"), 1L << 30, machine)) {
            ObjectRef first = put("first", 20);
            ObjectRef second = put("second", 20);
            bring(mirror, first).close();
            MirroredObject open = bring(mirror, second);
            assertThatThrownBy(() -> bring(mirror, put("third", 20)))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("mirror folder " + disk.path().resolve("mirror/0") + ": no room for ")
                    .hasMessageContaining("free space on its disk or choose another folder");
            ByteRange all = new ByteRange(0, 20L * BLOCK);
            assertThat(mirror.bring(List.of(new Need(open, List.of(all))), new Meter()))
                    .as("what is there can be read")
                    .isFalse();
        } finally {
            machine.close();
        }
    }

    @Test
    void twoProcessesOnOneFolderTakePlacesOfTheirOwn() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MirrorFillTest.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader says = new BufferedReader(new InputStreamReader(other.getInputStream()))) {
            String line = says.readLine();
            while (line != null && !line.startsWith("at ")) {
                line = says.readLine();
            }
            assertThat(line).isEqualTo("at " + folder.resolve("0/scratch"));
            try (Mirror mirror = new Mirror(store, folder, 1 << 30, host)) {
                assertThat(mirror.scratch()).isEqualTo(folder.resolve("1/scratch"));
            }
        } finally {
            other.destroyForcibly().waitFor();
        }
        try (Mirror mirror = new Mirror(store, folder, 1 << 30, host)) {
            assertThat(mirror.scratch())
                    .as("a killed process gives its place back")
                    .isEqualTo(folder.resolve("0/scratch"));
        }
    }

    /** The other process: says where it is and stays until it is killed. */
    public static void main(String[] arguments) throws Exception {
        MachineHost host = new MachineHost(1);
        Mirror mirror = new Mirror(new MemoryStore(host.clock()), Path.of(arguments[0]), 1 << 20, host);
        System.out.println("at " + mirror.scratch());
        new CompletableFuture<Void>().join();
        mirror.close();
    }

    private static MirroredObject bring(Mirror mirror, ObjectRef ref) {
        MirroredObject object = mirror.open(ref);
        mirror.bring(List.of(new Need(object, List.of(new ByteRange(0, ref.tailOffset())))), new Meter());
        return object;
    }

    /** Waits until nothing is missing any more; by this host's clock no time passes. */
    private static void awaitHeld(Mirror mirror, List<ObjectRef> refs) {
        long bytes = refs.stream().mapToLong(ObjectRef::length).sum();
        long start = System.nanoTime();
        while (mirror.heldBytes() != bytes) {
            assertThat(System.nanoTime() - start)
                    .isLessThan(Duration.ofSeconds(20).toNanos());
            Thread.onSpinWait();
        }
    }

    private ObjectRef put(String key, int blocks) {
        Path file = scratch.resolve("object");
        byte[] body = new byte[blocks * BLOCK];
        new SplittableRandom(key.hashCode()).nextBytes(body);
        try (ObjectWriter writer = new ObjectWriter(file)) {
            writer.write(MemorySegment.ofArray(body));
            ObjectTail.Extent extent = writer.finish(ObjectKind.INDEX, MemorySegment.ofArray(new byte[5]));
            memory.replace(key, new Content.LocalFile(file, extent.length()));
            return new ObjectRef(key, extent.length(), extent.tailOffset());
        }
    }
}
