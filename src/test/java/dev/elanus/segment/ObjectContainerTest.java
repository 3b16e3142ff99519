package dev.elanus.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.Corrupt;
import dev.elanus.error.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectContainerTest {
    private static final MemorySegment DIRECTORY =
            MemorySegment.ofArray("columns and where they lie".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 65_535, 65_536, 65_537, 200_000, 1_000_001})
    void whatWasWrittenIsReadAgain(int length) throws IOException {
        byte[] body = randomBytes(length);
        byte[] object = write(body);

        ObjectTail tail = ObjectTail.decode(MemorySegment.ofArray(object), object.length);

        assertThat(tail.kind()).isEqualTo(ObjectKind.INDEX);
        assertThat(tail.version()).isEqualTo(1);
        assertThat(tail.bodyLength()).isEqualTo(length);
        assertThat(tail.tailOffset()).isEqualTo((length + 63L) / 64 * 64);
        assertThat(tail.directory().mismatch(DIRECTORY)).isEqualTo(-1);
        assertThat(MemorySegment.ofArray(object).asSlice(0, length).mismatch(MemorySegment.ofArray(body)))
                .isEqualTo(-1);
        assertThat(tail.checksums().count()).isEqualTo((tail.tailOffset() + 65_535) / 65_536);
        checkBlocks(tail, object);
    }

    @Test
    void theExtentSaysWhereTheTailIs() throws IOException {
        Path file = folder.resolve("object");
        ObjectTail.Extent extent;
        try (ObjectWriter writer = new ObjectWriter(file)) {
            writer.write(MemorySegment.ofArray(new byte[100]));
            extent = writer.finish(ObjectKind.ROWS, DIRECTORY);
        }
        assertThat(extent.length()).isEqualTo(Files.size(file));
        assertThat(extent.tailOffset()).isEqualTo(128);
    }

    @Test
    void piecesOfAnySizeAndKindOfMemoryMakeTheSameObject() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        byte[] body = randomBytes(1_500_000);
        Path file = folder.resolve("pieces");
        try (ObjectWriter writer = new ObjectWriter(file)) {
            int at = 0;
            while (at < body.length) {
                int length = Math.min(body.length - at, random.nextInt(random.nextBoolean() ? 100 : 600_000));
                MemorySegment piece = MemorySegment.ofArray(body).asSlice(at, length);
                if (random.nextBoolean()) {
                    MemorySegment copy =
                            Arena.ofAuto().allocate(Math.max(length, 1)).asSlice(0, length);
                    piece = copy.copyFrom(piece);
                }
                writer.write(piece);
                at += length;
                assertThat(writer.position()).isEqualTo(at);
            }
            writer.finish(ObjectKind.INDEX, DIRECTORY);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(write(body));
    }

    @Test
    void memoryOverAnyKindOfArrayIsAccepted() throws IOException {
        Path file = folder.resolve("floats");
        try (ObjectWriter writer = new ObjectWriter(file)) {
            writer.write(MemorySegment.ofArray(new float[] {1f, 2f}));
            writer.write(MemorySegment.ofArray(new long[100_000]));
            writer.align(4096);
            assertThat(writer.position()).isEqualTo(802_816);
            writer.finish(ObjectKind.ROWS, MemorySegment.ofArray(new int[] {1, 2}));
        }
        byte[] object = Files.readAllBytes(file);
        checkBlocks(ObjectTail.decode(MemorySegment.ofArray(object), object.length), object);
    }

    @Test
    void everyFlippedBitInATailIsNoticed() throws IOException {
        byte[] object = write(randomBytes(200_000));
        int tailOffset = 200_000 / 64 * 64;
        for (long bit = tailOffset * 8L; bit < object.length * 8L; bit++) {
            byte[] flipped = flip(object, bit);
            assertThatThrownBy(() -> ObjectTail.decode(MemorySegment.ofArray(flipped), flipped.length))
                    .as("bit %d", bit)
                    .isInstanceOf(Corrupt.class);
        }
    }

    @Test
    void everyFlippedBitInABodyIsNoticed() throws IOException {
        byte[] object = write(randomBytes(300));
        ObjectTail tail = ObjectTail.decode(MemorySegment.ofArray(object), object.length);
        for (long bit = 0; bit < tail.tailOffset() * 8; bit++) {
            byte[] flipped = flip(object, bit);
            assertThatThrownBy(() -> checkBlocks(tail, flipped))
                    .as("bit %d", bit)
                    .isInstanceOf(Corrupt.class);
        }
    }

    @Test
    void aFlippedBitInALargeBodyIsFoundInItsBlock() throws IOException {
        byte[] object = write(randomBytes(200_000));
        ObjectTail tail = ObjectTail.decode(MemorySegment.ofArray(object), object.length);
        byte[] flipped = flip(object, 8L * 150_000 + 3);
        assertThatThrownBy(() -> checkBlocks(tail, flipped))
                .isInstanceOf(Corrupt.class)
                .hasMessageContaining("block 2: expected CRC-32C 0x");
    }

    @Test
    void aReaderWhoReadTooLittleIsToldHowMuchToRead() throws IOException {
        byte[] object = write(randomBytes(200_000));
        MemorySegment whole = MemorySegment.ofArray(object);
        MemorySegment footer = whole.asSlice(object.length - ObjectTail.MINIMUM_BYTES);

        long needed = ObjectTail.bytesNeeded(footer, object.length);

        assertThatThrownBy(() -> ObjectTail.decode(whole.asSlice(object.length - needed + 1), object.length))
                .isInstanceOf(Corrupt.class)
                .hasMessageContaining("object tail: expected " + needed + " bytes, found " + (needed - 1));
        assertThat(ObjectTail.decode(whole.asSlice(object.length - needed), object.length)
                        .bodyLength())
                .isEqualTo(200_000);
    }

    @Test
    void aTruncatedObjectIsNoticed() throws IOException {
        byte[] object = write(randomBytes(1000));
        for (int length = 0; length < object.length; length++) {
            MemorySegment cut = MemorySegment.ofArray(object).asSlice(0, length);
            assertThatThrownBy(() -> ObjectTail.decode(cut, cut.byteSize())).isInstanceOf(Corrupt.class);
        }
    }

    @Test
    void theGoldenObjectOfVersionOneIsDecoded() throws IOException {
        byte[] object;
        try (InputStream golden = ObjectContainerTest.class.getResourceAsStream("/format/v1/object.bin")) {
            assertThat(golden).isNotNull();
            object = golden.readAllBytes();
        }
        ObjectTail tail = ObjectTail.decode(MemorySegment.ofArray(object), object.length);
        assertThat(tail.kind()).isEqualTo(ObjectKind.ROWS);
        assertThat(tail.version()).isEqualTo(1);
        assertThat(tail.bodyLength()).isEqualTo(70_000);
        assertThat(new String(tail.directory().toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8))
                .isEqualTo("a directory of version 1");
        checkBlocks(tail, object);
        for (int i = 0; i < 70_000; i++) {
            assertThat(object[i]).isEqualTo((byte) (i % 251));
        }
    }

    @Test
    void aFileThatCannotBeCreatedIsNamed() {
        Path file = folder.resolve("missing").resolve("object");
        assertThatThrownBy(() -> new ObjectWriter(file))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining(file.toString());
    }

    private byte[] write(byte[] body) throws IOException {
        Path file = folder.resolve("object");
        try (ObjectWriter writer = new ObjectWriter(file)) {
            writer.write(MemorySegment.ofArray(body));
            writer.finish(ObjectKind.INDEX, DIRECTORY);
        }
        return Files.readAllBytes(file);
    }

    private static void checkBlocks(ObjectTail tail, byte[] object) {
        BlockChecksums sums = tail.checksums();
        for (long block = 0; block < sums.count(); block++) {
            MemorySegment bytes =
                    MemorySegment.ofArray(object).asSlice(block * sums.blockBytes(), sums.lengthOf(block));
            sums.check(block, bytes);
        }
    }

    private static byte[] flip(byte[] bytes, long bit) {
        byte[] flipped = bytes.clone();
        flipped[(int) (bit >>> 3)] ^= (byte) (1 << (bit & 7));
        return flipped;
    }

    private static byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }
}
