package dev.elanus.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Counts the core-seconds of all threads of this process since it was made. */
final class CpuClock {
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long start = system.getProcessCpuTime();

    double seconds() {
        return (system.getProcessCpuTime() - start) / 1e9;
    }
}
