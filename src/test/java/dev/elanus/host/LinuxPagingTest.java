package dev.elanus.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxPagingTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void onLinux() {
        assumeTrue(Files.isReadable(Path.of("/proc/self/smaps")));
    }

    private MemorySegment map(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("mapped"), bytes);
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(MapMode.READ_ONLY, 0, bytes.length, Arena.ofAuto());
        }
    }

    @Test
    void tellsTheSystemThatAMappingIsReadInNoOrder() throws IOException {
        MemorySegment bytes = map(new byte[1 << 16]);
        assertFalse(flags(bytes).contains("rr"), "before");
        LinuxPaging.orNone(System::nanoTime).expectRandom(bytes);
        assertTrue(flags(bytes).contains("rr"), "random read");
    }

    /** What the system notes of the mapping, see proc_pid_smaps(5). */
    private static List<String> flags(MemorySegment bytes) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/smaps"));
        String start = Long.toHexString(bytes.address()) + "-";
        int at = 0;
        while (!lines.get(at).startsWith(start)) {
            at++;
        }
        while (!lines.get(at).startsWith("VmFlags:")) {
            at++;
        }
        return List.of(lines.get(at).split("\\s+"));
    }

    @Test
    void leavesWhatIsReadAsItIs() throws IOException {
        byte[] expected = new byte[100_003];
        new Random(1).nextBytes(expected);
        MemorySegment bytes = map(expected);
        Paging paging = LinuxPaging.orNone(System::nanoTime);
        paging.fetch(bytes.asSlice(4097, 70_000));
        paging.fetch(bytes.asSlice(expected.length));
        paging.expectRandom(bytes);
        assertArrayEquals(expected, bytes.toArray(ValueLayout.JAVA_BYTE));
    }

    @Test
    void leavesMemoryOfNoFileAlone() {
        Paging paging = LinuxPaging.orNone(System::nanoTime);
        assertNotEquals(Paging.NONE, paging);
        MemorySegment heap = MemorySegment.ofArray(new byte[] {7});
        MemorySegment own = Arena.ofAuto().allocate(1).fill((byte) 7);
        for (MemorySegment bytes : List.of(heap, own)) {
            paging.fetch(bytes);
            paging.expectRandom(bytes);
            assertEquals(7, bytes.get(ValueLayout.JAVA_BYTE, 0));
        }
    }
}
