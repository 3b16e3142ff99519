package dev.elanus.host;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Advice by madvise(2). */
final class LinuxPaging implements Paging {
    private static final Path STATUS = Path.of("/proc/self/stat");
    /** The place of majflt behind the command's name, see proc_pid_stat(5). */
    private static final int MAJOR_FAULTS = 9;

    private static final int MADV_RANDOM = 1;
    private static final int MADV_WILLNEED = 3;
    /** The least that a page has; where pages are larger, advice from within one is refused. */
    private static final long PAGE_BYTES = 4096;
    /** Linux fetches no more at once than a disk's read-ahead, which is this unless somebody set it otherwise. */
    private static final long FETCHED_BYTES = 1 << 17;

    private final MethodHandle madvise;
    private final Scarcity scarcity;

    private LinuxPaging(MethodHandle madvise, Scarcity scarcity) {
        this.madvise = madvise;
        this.scarcity = scarcity;
    }

    /** The machine's paging if it is a Linux that lets itself be told, else {@link Paging#NONE}. */
    static Paging orNone(LongSupplier nanoTime) {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux") || !Files.isReadable(STATUS)) {
            return NONE;
        }
        return new LinuxPaging(madvise(), new Scarcity(nanoTime, LinuxPaging::majorFaults));
    }

    @SuppressWarnings("restricted")
    private static MethodHandle madvise() {
        Linker linker = Linker.nativeLinker();
        FunctionDescriptor signature = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
        return linker.downcallHandle(linker.defaultLookup().findOrThrow("madvise"), signature);
    }

    /** Pages for which the process has waited since it began. */
    static long majorFaults() {
        try {
            String status = Files.readString(STATUS);
            return Long.parseLong(status.substring(status.lastIndexOf(')') + 2).split(" ")[MAJOR_FAULTS]);
        } catch (IOException _) {
            return 0;
        }
    }

    @Override
    public boolean isScarce() {
        return scarcity.isScarce();
    }

    @Override
    public void expectRandom(MemorySegment bytes) {
        advise(bytes, MADV_RANDOM);
    }

    @Override
    public void fetch(MemorySegment bytes) {
        for (long at = 0; at < bytes.byteSize(); at += FETCHED_BYTES) {
            advise(bytes.asSlice(at, Math.min(FETCHED_BYTES, bytes.byteSize() - at)), MADV_WILLNEED);
        }
    }

    /** What the system answers does not matter: advice that it refuses changes nothing. */
    private void advise(MemorySegment bytes, int advice) {
        if (!bytes.isMapped() || bytes.byteSize() == 0) {
            return;
        }
        long from = bytes.address() & -PAGE_BYTES;
        try {
            int _ = (int) madvise.invokeExact(from, bytes.address() + bytes.byteSize() - from, advice);
        } catch (Throwable failure) {
            throw new IllegalStateException("madvise", failure);
        } finally {
            Reference.reachabilityFence(bytes);
        }
    }
}
