package dev.elanus.engine;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How much memory requests may take beside what is mapped.
 *
 * @param readBytes of all reads that run at a time; they are on the heap
 * @param readPlaces reads that run at a time
 * @param writeBytes of writes on their way and of rows that are not sealed yet; they are outside of the heap
 * @param waiting reads, and writes, that wait for their turn at most
 */
public record MemoryLimits(long readBytes, int readPlaces, long writeBytes, int waiting) {
    private static final int PLACES_A_CORE = 16;
    private static final int WAITING = 1_024;
    private static final long LEAST_WRITE_BYTES = 256L << 20;

    /** Half of the heap, and a quarter of the machine's memory. */
    public static MemoryLimits defaults() {
        Runtime machine = Runtime.getRuntime();
        long physical = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
        return new MemoryLimits(
                machine.maxMemory() / 2,
                PLACES_A_CORE * machine.availableProcessors(),
                Math.max(LEAST_WRITE_BYTES, physical / 4),
                WAITING);
    }
}
