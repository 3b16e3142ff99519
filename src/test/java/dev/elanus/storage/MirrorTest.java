package dev.elanus.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.ByteRange;
import dev.elanus.error.Corrupt;
import dev.elanus.error.NotFound;
import dev.elanus.error.Unavailable;
import dev.elanus.host.MachineHost;
import dev.elanus.segment.ObjectKind;
import dev.elanus.segment.ObjectTail;
import dev.elanus.segment.ObjectWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorTest {
    private static final int BLOCK = 65_536;
    private static final long PLENTY = 1L << 30;

    @TempDir
    Path folder;

    @TempDir
    Path scratch;

    private final MachineHost host = new MachineHost(2);
    private final MemoryStore memory = new MemoryStore(host.clock());
    private final ProbedStore store = new ProbedStore(memory);
    private final Meter meter = new Meter();
    private final List<Mirror> mirrors = new ArrayList<>();

    @AfterEach
    void closeAll() {
        mirrors.forEach(Mirror::close);
        host.close();
    }

    @Test
    void whatAKilledProcessWasBuildingIsGone() throws Exception {
        MemoryStore store = new MemoryStore(host.clock());
        Path left;
        try (Mirror mirror = new Mirror(store, folder, 1 << 20, host)) {
            left = Files.writeString(mirror.scratch().resolve("building-1"), "half an index");
        }
        try (Mirror mirror = new Mirror(store, folder, 1 << 20, host)) {
            assertThat(mirror.scratch()).isEqualTo(left.getParent()).isEmptyDirectory();
        }
    }

    @Test
    void oneWaveBringsRangesOfAllObjects() {
        Mirror mirror = mirror(PLENTY);
        MirroredObject a = mirror.open(put("a", 40));
        MirroredObject b = mirror.open(put("b", 40));

        CompletableFuture<Void> gate = new CompletableFuture<>();
        store.gate = gate;
        CompletableFuture<Boolean> brought = host.start(() ->
                mirror.bring(List.of(need(a, block(3), block(20)), need(b, block(7)), need(a, block(30))), meter));
        store.awaitReads(6);
        gate.complete(null);
        boolean waited = host.await(brought);

        assertThat(waited).isTrue();
        assertThat(store.reads).containsExactlyInAnyOrder("a 3+1", "a 20+1", "a 30+1", "a tail", "b 7+1", "b tail");
        assertThat(meter.gets()).isEqualTo(6);
        for (int block : List.of(3, 20, 30)) {
            assertSame(a, "a", block);
        }
        assertSame(b, "b", 7);
        assertThat(a.tail().bodyLength()).isEqualTo(40L * BLOCK);
        assertThat(new String(
                        a.tail().directory().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8))
                .isEqualTo("directory of a");
    }

    @Test
    void whatIsPresentIsNotAskedForAgain() {
        Mirror mirror = mirror(PLENTY);
        MirroredObject a = mirror.open(put("a", 10));
        mirror.bring(List.of(need(a, block(3))), meter);
        store.reads.clear();

        assertThat(mirror.bring(List.of(need(a, block(3), new ByteRange(3L * BLOCK + 5, 100)), need(a)), meter))
                .isFalse();
        assertThat(mirror.bring(List.of(need(a, new ByteRange(3L * BLOCK, BLOCK + 1))), meter))
                .isTrue();
        assertThat(store.reads).containsExactly("a 4+1");
    }

    @Test
    void neighboursAndSmallGapsAreJoinedAndTheTailWithTheLastBlocks() {
        Mirror mirror = mirror(PLENTY);
        MirroredObject a = mirror.open(put("a", 40));
        mirror.bring(
                List.of(need(a, block(1), block(2), block(5), block(9), new ByteRange(37L * BLOCK, BLOCK))), meter);
        assertThat(store.reads).containsExactlyInAnyOrder("a 1+5", "a 9+1", "a 37+3 tail");
        store.reads.clear();
        mirror.bring(List.of(need(a, new ByteRange(3L * BLOCK, 2L * BLOCK), block(38))), meter);
        assertThat(store.reads).as("gaps came along").isEmpty();
    }

    @Test
    void aLongRangeIsReadInSeveralStreams() {
        Mirror mirror = mirror(PLENTY);
        MirroredObject a = mirror.open(put("a", 700));
        mirror.bring(List.of(need(a, new ByteRange(0, 700L * BLOCK))), meter);
        assertThat(store.reads).containsExactlyInAnyOrder("a 0+256", "a 256+256", "a 512+188 tail");
        for (int block = 0; block < 700; block++) {
            assertSame(a, "a", block);
        }
    }

    @Test
    void rangesInsideTheTailOrOfNoBytesNeedNothingButTheTail() {
        Mirror mirror = mirror(PLENTY);
        ObjectRef ref = put("a", 3);
        MirroredObject a = mirror.open(ref);
        mirror.bring(
                List.of(need(a, new ByteRange(5, 0), new ByteRange(ref.tailOffset(), ref.length() - ref.tailOffset()))),
                meter);
        assertThat(store.reads).containsExactly("a tail");
        assertThatThrownBy(() -> mirror.bring(List.of(need(a, new ByteRange(0, ref.length() + 1))), meter))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anObjectWithoutABodyIsBroughtToo() {
        Mirror mirror = mirror(PLENTY);
        MirroredObject a = mirror.open(put("a", 0));
        mirror.bring(List.of(need(a)), meter);
        assertThat(a.tail().bodyLength()).isZero();
    }

    @Test
    void manyWhoWantTheSameBytesCauseOneRequest() {
        Mirror mirror = mirror(PLENTY);
        ObjectRef ref = put("a", 40);
        CompletableFuture<Void> gate = new CompletableFuture<>();
        store.gate = gate;
        List<CompletableFuture<Boolean>> brought = IntStream.range(0, 8)
                .mapToObj(i -> host.start(() -> {
                    try (MirroredObject a = mirror.open(ref)) {
                        return mirror.bring(List.of(need(a, block(10), block(11 + i % 2))), meter);
                    }
                }))
                .toList();
        store.awaitReads(2);
        gate.complete(null);
        // Who came late found everything there.
        brought.forEach(host::await);
        assertThat(store.reads.stream().filter(read -> read.startsWith("a 10"))).hasSize(1);
        assertThat(store.reads.stream().filter(read -> read.contains("tail"))).hasSize(1);
    }

    @Test
    void whoHasNoTimeLeftIsToldSoAndTheDownloadGoesOn() {
        Mirror mirror = mirror(PLENTY);
        MirroredObject a = mirror.open(put("a", 10));
        CompletableFuture<Void> gate = new CompletableFuture<>();
        store.gate = gate;
        assertThatThrownBy(() -> mirror.bring(List.of(need(a, block(3))), meter, Duration.ofMillis(5)))
                .isInstanceOf(Unavailable.class)
                .hasMessage("2 of 2 reads from probed memory did not come within the 5 ms that the request had left: "
                        + "retry later");
        gate.complete(null);
        mirror.bring(List.of(need(a, block(3))), meter, Duration.ofSeconds(20));
        assertThat(store.reads).containsExactlyInAnyOrder("a 3+1", "a tail");
        assertSame(a, "a", 3);
    }

    @Test
    void theLeastRecentlyUsedObjectIsEvictedWholeAndItsMappingLives() throws IOException {
        Mirror mirror = mirror(25L * BLOCK);
        List<ObjectRef> refs =
                IntStream.range(0, 4).mapToObj(i -> put("o" + i, 10)).toList();
        MemorySegment first = null;
        for (ObjectRef ref : refs) {
            try (MirroredObject object = mirror.open(ref)) {
                mirror.bring(List.of(need(object, new ByteRange(0, 10L * BLOCK))), meter);
                first = first == null ? object.bytes() : first;
            }
        }
        assertThat(mirror.heldBytes()).isLessThan(25L * BLOCK).isGreaterThan(20L * BLOCK);
        assertThat(files()).containsExactlyInAnyOrder("o2", "o3");
        assertThat(first.asSlice(0, 10L * BLOCK).mismatch(memory.read("o0", new ByteRange(0, 10L * BLOCK))))
                .isEqualTo(-1);
        store.reads.clear();
        try (MirroredObject again = mirror.open(refs.get(3))) {
            assertThat(mirror.bring(List.of(need(again, block(2))), meter)).isFalse();
        }
        try (MirroredObject again = mirror.open(refs.getFirst())) {
            assertThat(mirror.bring(List.of(need(again, block(2))), meter)).isTrue();
            assertSame(again, "o0", 2);
        }
    }

    @Test
    void useDecidesWhoGoesAndNotAge() throws IOException {
        Mirror mirror = mirror(25L * BLOCK);
        List<ObjectRef> refs =
                IntStream.range(0, 3).mapToObj(i -> put("o" + i, 10)).toList();
        for (int i : List.of(0, 1, 0, 2)) {
            try (MirroredObject object = mirror.open(refs.get(i))) {
                mirror.bring(List.of(need(object, new ByteRange(0, 10L * BLOCK))), meter);
            }
        }
        assertThat(files()).containsExactlyInAnyOrder("o0", "o2");
    }

    @Test
    void manyWhoEvictAtTheSameTimeDropNoMoreThanIsOver() {
        Mirror mirror = mirror(45L * BLOCK);
        List<ObjectRef> refs =
                IntStream.range(0, 5).mapToObj(i -> put("o" + i, 10)).toList();
        List<MirroredObject> open = refs.stream().map(mirror::open).toList();
        open.forEach(object -> mirror.bring(List.of(need(object, new ByteRange(0, 10L * BLOCK))), meter));
        open.stream()
                .map(object -> host.<Void>start(() -> {
                    object.close();
                    return null;
                }))
                .toList()
                .forEach(host::await);
        assertThat(mirror.heldBytes()).isBetween(40L * BLOCK, 45L * BLOCK);
    }

    @Test
    void whatIsOpenIsNeverEvicted() throws IOException {
        Mirror mirror = mirror(5L * BLOCK);
        MirroredObject a = mirror.open(put("a", 10));
        MirroredObject b = mirror.open(put("b", 10));
        mirror.bring(List.of(need(a, new ByteRange(0, 10L * BLOCK)), need(b, new ByteRange(0, 10L * BLOCK))), meter);
        assertThat(files()).containsExactlyInAnyOrder("a", "b");
        a.close();
        a.close();
        assertThat(files()).containsExactly("b");
    }

    @Test
    void theNextProcessUsesTheFilesOfAKilledOneAfterCheckingThem() throws IOException {
        ObjectRef ref = put("c/1/a", 10);
        Mirror killed = new Mirror(store, folder, PLENTY, host);
        MirroredObject before = killed.open(ref);
        killed.bring(List.of(need(before, block(2), block(6))), meter);
        killed.close(); // What the kernel does to the lock of a killed process; everything else it leaves as it is.
        tear("c~1~a", 6L * BLOCK + 17);
        store.reads.clear();

        Mirror mirror = mirror(PLENTY);
        assertThat(mirror.heldBytes()).isEqualTo(ref.length());
        MirroredObject a = mirror.open(ref);
        assertThat(mirror.bring(List.of(need(a, block(2))), meter)).isFalse();
        assertThat(store.reads).isEmpty();
        assertThat(mirror.bring(List.of(need(a, block(2), block(6), block(9))), meter))
                .isTrue();
        assertThat(store.reads).as("the torn block and the one that never came").containsExactlyInAnyOrder("c/1/a 6+4");
        for (int block : List.of(2, 6, 9)) {
            assertSame(a, "c/1/a", block);
        }
        assertThat(mirror.heldBytes()).isEqualTo(ref.length());
    }

    @Test
    void aTornTailOrALengthThatIsWrongMeansStartingAnew() throws IOException {
        ObjectRef ref = put("a", 10);
        ObjectRef other = put("b", 10);
        Mirror killed = new Mirror(store, folder, PLENTY, host);
        killed.bring(List.of(need(killed.open(ref), block(2)), need(killed.open(other), block(2))), meter);
        killed.close();
        tear("a", ref.length() - 3);
        try (RandomAccessFile file = new RandomAccessFile(file("b").toFile(), "rw")) {
            file.setLength(1000);
        }
        store.reads.clear();
        Mirror mirror = mirror(PLENTY);
        MirroredObject a = mirror.open(ref);
        MirroredObject b = mirror.open(other);
        mirror.bring(List.of(need(a, block(2)), need(b, block(2))), meter);
        assertThat(store.reads).containsExactlyInAnyOrder("a 2+1", "a tail", "b 2+1", "b tail");
        assertSame(a, "a", 2);
        assertThat(files()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void filesOfAFormerProcessThatNobodyAsksForAreTheFirstToGo() throws IOException {
        Mirror killed = new Mirror(store, folder, PLENTY, host);
        for (int i = 0; i < 4; i++) {
            killed.bring(List.of(need(killed.open(put("o" + i, 10)), block(2))), meter);
        }
        killed.close();
        Mirror mirror = mirror(25L * BLOCK);
        assertThat(mirror.heldBytes()).isLessThan(25L * BLOCK);
        assertThat(files()).hasSize(2);
    }

    @Test
    void twoMirrorsOnOneFolderDoNotMeet() {
        ObjectRef ref = put("a", 10);
        Mirror one = mirror(PLENTY);
        Mirror two = mirror(PLENTY);
        MirroredObject a = one.open(ref);
        MirroredObject b = two.open(ref);
        one.bring(List.of(need(a, block(2))), meter);
        two.bring(List.of(need(b, block(3))), meter);
        assertSame(a, "a", 2);
        assertSame(b, "a", 3);
        assertThat(folder.resolve("0")).exists();
        assertThat(folder.resolve("1")).exists();
    }

    @Test
    void aFlippedBitOfATransferIsFetchedAgain() {
        Mirror mirror = mirror(PLENTY);
        MirroredObject a = mirror.open(put("a", 10));
        store.flips.add(4L * BLOCK + 100);
        mirror.bring(List.of(need(a, new ByteRange(0, 10L * BLOCK))), meter);
        assertThat(store.reads).containsExactly("a 0+10 tail", "a 4+1");
        assertThat(meter.gets()).isEqualTo(2);
        for (int block = 0; block < 10; block++) {
            assertSame(a, "a", block);
        }
    }

    @Test
    void aFlippedBitOfATransferredTailIsFetchedAgain() {
        Mirror mirror = mirror(PLENTY);
        ObjectRef ref = put("a", 10);
        MirroredObject a = mirror.open(ref);
        store.flips.add(ref.tailOffset() + 3);
        mirror.bring(List.of(need(a, block(2))), meter);
        assertThat(store.reads.stream().filter(read -> read.equals("a tail"))).hasSize(2);
        assertSame(a, "a", 2);
    }

    @Test
    void aFlippedBitInTheStoreIsCorruptionThatNamesKeyAndBlock() throws IOException {
        ObjectRef ref = put("a", 10);
        overwriteFlipped("a", 4L * BLOCK + 100);
        Mirror mirror = mirror(PLENTY);
        MirroredObject a = mirror.open(ref);
        assertThatThrownBy(() -> mirror.bring(List.of(need(a, block(4), block(8))), meter))
                .isInstanceOf(Corrupt.class)
                .hasMessageContaining("object a of ")
                .hasMessageContaining("block 4: expected CRC-32C");
        assertThat(mirror.bring(List.of(need(a, block(8))), meter))
                .as("others go on")
                .isFalse();
        assertThatThrownBy(() -> mirror.bring(List.of(need(a, block(4))), meter))
                .isInstanceOf(Corrupt.class);
        overwriteFlipped("a", ref.length() - 1);
        MirroredObject b = mirror(PLENTY).open(ref);
        assertThatThrownBy(() -> mirrors.getLast().bring(List.of(need(b)), meter))
                .isInstanceOf(Corrupt.class);
    }

    @Test
    void aMissingObjectIsNotFoundAndAFailureIsNotRemembered() {
        Mirror mirror = mirror(PLENTY);
        ObjectRef ref = put("a", 10);
        MirroredObject a = mirror.open(ref);
        MemorySegment bytes = memory.get("a").orElseThrow();
        memory.delete("a");
        assertThatThrownBy(() -> mirror.bring(List.of(need(a, block(1))), meter))
                .isInstanceOf(NotFound.class);
        memory.putIfAbsent("a", new Content.Memory(bytes));
        mirror.bring(List.of(need(a, block(1))), meter);
        assertSame(a, "a", 1);
        store.failing = true;
        assertThatThrownBy(() -> mirror.bring(List.of(need(a, block(9))), meter))
                .isInstanceOf(Unavailable.class);
        store.failing = false;
        mirror.bring(List.of(need(a, block(9))), meter);
        assertSame(a, "a", 9);
    }

    @Test
    void theSameKeyWithAnotherLengthIsRefused() {
        Mirror mirror = mirror(PLENTY);
        ObjectRef ref = put("a", 10);
        mirror.open(ref);
        assertThatThrownBy(() -> mirror.open(new ObjectRef("a", ref.length() + 64, ref.tailOffset())))
                .isInstanceOf(Corrupt.class);
    }

    @Test
    void objectsOfAFolderAreMappedInPlaceAndCheckedAllTheSame() throws IOException {
        FolderStore files = new FolderStore(scratch.resolve("store"), host);
        ObjectRef ref = put("c/1/a", 10);
        files.putIfAbsent("c/1/a", new Content.Memory(memory.get("c/1/a").orElseThrow()));
        Mirror mirror = new Mirror(files, folder, PLENTY, host);
        mirrors.add(mirror);
        MirroredObject a = mirror.open(ref);
        assertThat(mirror.bring(List.of(need(a, new ByteRange(0, 5L * BLOCK))), meter))
                .isFalse();
        assertSame(a, "c/1/a", 4);
        assertThat(a.tail().bodyLength()).isEqualTo(10L * BLOCK);
        assertThat(mirror.heldBytes()).isZero();
        assertThat(meter.gets()).isZero();
        flip(files.localFile("c/1/a").orElseThrow(), 7L * BLOCK + 9);
        assertThatThrownBy(() -> mirror.bring(List.of(need(a, block(7))), meter))
                .isInstanceOf(Corrupt.class)
                .hasMessageContaining("object c/1/a of folder ")
                .hasMessageContaining("block 7");
        assertThat(mirror.bring(List.of(need(a, block(8))), meter)).isFalse();
    }

    @Test
    void racingWavesUnderEvictionAlwaysSeeTheRightBytes() {
        long seed = Long.getLong("seed", 31);
        System.out.println("seed " + seed);
        List<ObjectRef> refs =
                IntStream.range(0, 6).mapToObj(i -> put("o" + i, 30)).toList();
        Mirror mirror = mirror(60L * BLOCK);
        List<CompletableFuture<Void>> tasks = IntStream.range(0, 8)
                .mapToObj(task -> host.<Void>start(() -> {
                    SplittableRandom random = new SplittableRandom(seed + task);
                    for (int round = 0; round < 60; round++) {
                        int i = random.nextInt(refs.size());
                        try (MirroredObject object = mirror.open(refs.get(i))) {
                            int block = random.nextInt(30);
                            int other = random.nextInt(30);
                            mirror.bring(List.of(need(object, block(block), block(other))), new Meter());
                            assertSame(object, "o" + i, block);
                            assertSame(object, "o" + i, other);
                        }
                    }
                    return null;
                }))
                .toList();
        tasks.forEach(host::await);
        assertThat(mirror.heldBytes()).isLessThanOrEqualTo(60L * BLOCK);
    }

    private Mirror mirror(long budget) {
        Mirror mirror = new Mirror(store, folder, budget, host);
        mirrors.add(mirror);
        return mirror;
    }

    private static Need need(MirroredObject object, ByteRange... ranges) {
        return new Need(object, List.of(ranges));
    }

    private static ByteRange block(int block) {
        return new ByteRange((long) block * BLOCK + 7, BLOCK - 7);
    }

    private ObjectRef put(String key, int blocks) {
        Path file = scratch.resolve("object");
        byte[] body = new byte[blocks * BLOCK];
        new SplittableRandom(key.hashCode()).nextBytes(body);
        try (ObjectWriter writer = new ObjectWriter(file)) {
            writer.write(MemorySegment.ofArray(body));
            ObjectTail.Extent extent = writer.finish(
                    ObjectKind.INDEX, MemorySegment.ofArray(("directory of " + key).getBytes(StandardCharsets.UTF_8)));
            memory.replace(key, new Content.LocalFile(file, extent.length()));
            return new ObjectRef(key, extent.length(), extent.tailOffset());
        }
    }

    private void assertSame(MirroredObject object, String key, int block) {
        MemorySegment expected = memory.read(key, new ByteRange((long) block * BLOCK, BLOCK));
        assertThat(object.bytes().asSlice((long) block * BLOCK, BLOCK).mismatch(expected))
                .as("%s block %d", key, block)
                .isEqualTo(-1);
    }

    private void overwriteFlipped(String key, long at) {
        MemorySegment bytes =
                MemorySegment.ofArray(memory.get(key).orElseThrow().toArray(java.lang.foreign.ValueLayout.JAVA_BYTE));
        ProbedStore.flip(bytes, at);
        memory.replace(key, new Content.Memory(bytes));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("0"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains("@"))
                    .map(name -> name.substring(0, name.indexOf('@')))
                    .toList();
        }
    }

    private Path file(String flatKey) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("0"))) {
            Optional<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith(flatKey + "@"))
                    .findFirst();
            return found.orElseThrow();
        }
    }

    private void tear(String flatKey, long at) throws IOException {
        flip(file(flatKey), at);
    }

    private static void flip(Path path, long at) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(at);
            int old = file.read();
            file.seek(at);
            file.write(old ^ 4);
        }
    }
}
