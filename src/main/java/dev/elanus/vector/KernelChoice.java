package dev.elanus.vector;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.elanus.column.Column;
import dev.elanus.host.Host;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;

/**
 * The fastest kernels that this process computes correctly.
 *
 * @param reason what was found, in words, for logs and pages
 */
public record KernelChoice(Kernels kernels, String reason) {
    private static final int[] DIMENSIONS = {1, 31, 100};
    private static final int TIMED_DIMENSION = 768;
    private static final int TIMED_ROWS = 32;

    /**
     * Cross-checks the SIMD kernels against their definition, and picks them if they agree and are compiled to vector
     * instructions. In a native executable both are timed. Under a just-in-time compiler they are not: the code that
     * starts a process is interpreted, and would be timed as such; there it is asked whether the compiler that will
     * come to it, C2, is one that vectorises. Takes a few milliseconds.
     */
    public static KernelChoice pick(Host host) {
        Kernels scalar = new ScalarKernels();
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return new KernelChoice(scalar, "scalar kernels: the module jdk.incubator.vector was not added");
        }
        if (!SimdKernels.fits()) {
            return new KernelChoice(scalar, "scalar kernels: the machine has no vectors of 256 bits");
        }
        Kernels simd = new SimdKernels();
        if (!agrees(scalar, simd)) {
            return new KernelChoice(scalar, "scalar kernels: " + simd.name() + " disagrees with them");
        }
        if (System.getProperty("org.graalvm.nativeimage.imagecode") != null) {
            long scalarNanos = time(host, scalar);
            long simdNanos = time(host, simd);
            String times = ", " + simdNanos + " ns against " + scalarNanos + " ns a row of " + TIMED_DIMENSION;
            return simdNanos < scalarNanos
                    ? new KernelChoice(simd, simd.name() + ": correct and faster" + times)
                    : new KernelChoice(scalar, "scalar kernels: " + simd.name() + " is slower" + times);
        }
        String missing = missingFromCompiler();
        return missing.isEmpty()
                ? new KernelChoice(simd, simd.name() + ": correct, and compiled by C2")
                : new KernelChoice(scalar, "scalar kernels: " + missing);
    }

    /** What keeps the just-in-time compiler from turning the Vector API into vector instructions, or nothing. */
    private static String missingFromCompiler() {
        HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (ManagementFactory.getCompilationMXBean() == null || options == null) {
            return "nothing is compiled in this process";
        }
        if (!value(options, "TieredStopAtLevel", "4").equals("4")
                || value(options, "UseJVMCICompiler", "false").equals("true")) {
            return "C2, which compiles the Vector API, is off in this process";
        }
        // Without the instruction a fused multiplication and addition is computed in big decimals.
        return value(options, "UseFMA", "true").equals("true") ? "" : "the machine cannot multiply and add at once";
    }

    private static String value(HotSpotDiagnosticMXBean options, String name, String otherwise) {
        try {
            return options.getVMOption(name).getValue();
        } catch (IllegalArgumentException _) {
            // Not every build of the virtual machine has the option.
            return otherwise;
        }
    }

    /** Whether the results differ by rounding at most, on short rows at odd offsets. */
    private static boolean agrees(Kernels scalar, Kernels simd) {
        SplittableRandom random = new SplittableRandom(1);
        int[] numbers = {4, 0, 3, 1, 2};
        for (int dimension : DIMENSIONS) {
            MemorySegment rows = rows(random, 5 * dimension * Float.BYTES + 1);
            float[] query = new float[dimension];
            for (int i = 0; i < dimension; i++) {
                query[i] = random.nextFloat();
            }
            float[] expected = new float[numbers.length];
            float[] found = new float[numbers.length];
            scalar.squaredDistances(query, rows, 1, numbers, numbers.length, expected);
            simd.squaredDistances(query, rows, 1, numbers, numbers.length, found);
            if (!near(expected, found)) {
                return false;
            }
            scalar.codeSquaredDistances(query, query, rows, 1, numbers, numbers.length, expected);
            simd.codeSquaredDistances(query, query, rows, 1, numbers, numbers.length, found);
            if (!near(expected, found)) {
                return false;
            }
        }
        return true;
    }

    private static boolean near(float[] expected, float[] found) {
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(expected[i] - found[i]) <= 1e-5 * Math.abs(expected[i]))) {
                return false;
            }
        }
        return true;
    }

    private static long time(Host host, Kernels kernels) {
        MemorySegment rows = rows(new SplittableRandom(2), TIMED_ROWS * TIMED_DIMENSION * Float.BYTES);
        float[] query = new float[TIMED_DIMENSION];
        float[] results = new float[TIMED_ROWS];
        int[] numbers = new int[TIMED_ROWS];
        for (int i = 0; i < TIMED_ROWS; i++) {
            numbers[i] = i;
        }
        long best = Long.MAX_VALUE;
        for (int repetition = 0; repetition < 5; repetition++) {
            long start = host.nanoTime();
            kernels.squaredDistances(query, rows, 0, numbers, TIMED_ROWS, results);
            kernels.codeInnerProducts(query, rows, 0, numbers, TIMED_ROWS, results);
            best = Math.min(best, host.nanoTime() - start);
        }
        return best / (2 * TIMED_ROWS);
    }

    /** Bytes that are both float32 between 1 and 2 and some codes. */
    private static MemorySegment rows(SplittableRandom random, int lengthBytes) {
        MemorySegment rows = Column.allocate(lengthBytes);
        for (int at = lengthBytes % 4; at < lengthBytes; at += 4) {
            rows.set(Column.FLOAT_LE, at, 1 + random.nextFloat());
        }
        rows.set(ValueLayout.JAVA_BYTE, 0, (byte) -128);
        return rows;
    }
}
