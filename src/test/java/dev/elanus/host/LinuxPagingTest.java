package dev.elanus.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxPagingTest {
    private static final int PAGES = 256;
    private static final Pattern RANGE = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) ");

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

    /** What the system notes of the mapping that has the first byte, see proc_pid_smaps(5). */
    private static List<String> flags(MemorySegment bytes) throws IOException {
        boolean within = false;
        for (String line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            Matcher range = RANGE.matcher(line);
            if (range.lookingAt()) {
                within = Long.parseUnsignedLong(range.group(1), 16) <= bytes.address()
                        && bytes.address() < Long.parseUnsignedLong(range.group(2), 16);
            } else if (within && line.startsWith("VmFlags:")) {
                return List.of(line.split("\\s+"));
            }
        }
        throw new AssertionError("no mapping has " + Long.toHexString(bytes.address()));
    }

    @Test
    void leavesMemoryOfNoFileAlone() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment own = arena.allocate(1 << 22);
            LinuxPaging.orNone(System::nanoTime).expectRandom(own);
            assertFalse(flags(own.asSlice(1 << 21)).contains("rr"));
        }
    }

    @Test
    void fetchesPagesSoThatReadingThemIsNoWait() throws IOException, InterruptedException {
        byte[] bytes = new byte[PAGES << 12];
        new Random(1).nextBytes(bytes);
        long waits = waitsForAll(bytes, false);
        assumeTrue(waits >= PAGES / 2, "the file system lets pages be dropped");
        assertTrue(waitsForAll(bytes, true) < PAGES / 4);
    }

    /** Reads a file of which no page is in memory, each page alone. @return how often the process waited for one */
    private long waitsForAll(byte[] bytes, boolean fetch) throws IOException, InterruptedException {
        Path file = folder.resolve("dropped");
        try (FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                Arena arena = Arena.ofConfined()) {
            channel.write(ByteBuffer.wrap(bytes), 0);
            channel.force(true);
            new ProcessBuilder("dd", "if=" + file, "iflag=nocache", "count=0", "status=none")
                    .start()
                    .waitFor();
            MemorySegment mapped = channel.map(MapMode.READ_ONLY, 0, bytes.length, arena);
            Paging paging = LinuxPaging.orNone(System::nanoTime);
            paging.expectRandom(mapped);
            if (fetch) {
                paging.fetch(mapped.asSlice(1, bytes.length - 2));
            }
            long before = LinuxPaging.majorFaults();
            for (int page = 0; page < PAGES; page++) {
                assertEquals(bytes[page << 12], mapped.get(ValueLayout.JAVA_BYTE, (long) page << 12));
            }
            return LinuxPaging.majorFaults() - before;
        }
    }
}
