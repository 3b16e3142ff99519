package dev.elanus.bench;

import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.VectorColumn;
import dev.elanus.host.MachineHost;
import dev.elanus.index.Indexes;
import dev.elanus.vector.KernelChoice;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What building takes as rows become more: seconds, core-seconds, the heap's peak, anonymous memory, bytes of the index, and recall at 10 of sampled
 * rows; vectors are mapped. {@code ELANUS_JAVA_OPTS=-Xmx512m} bounds the heap.
 *
 * <p>{@code BuildBench BASE ROWS,… [KIND[:NAME=VALUE…],…]}: more rows than the file has are made by repeating them with noise.
 */
public final class BuildBench {
    private static final int SAMPLES = 200;

    private BuildBench() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2 || arguments.length > 3) {
            System.err.println("usage: bench build BASE ROWS,… [KIND[:NAME=VALUE…],…]");
            System.exit(2);
        }
        VectorColumn read = Workload.read(Path.of(arguments[0]));
        String kinds = arguments.length > 2 ? arguments[2] : "HNSW:M=16:efConstruction=100,AUTOINDEX,IVF_FLAT";
        try (MachineHost host = new MachineHost()) {
            Indexes indexes = new Indexes(KernelChoice.pick(host).kernels(), host);
            System.out.println(
                    "kind                                 rows   seconds  core-s  heap MB  anonymous MB  index MB  recall");
            for (String rows : arguments[1].split(",")) {
                VectorColumn base = Workload.enlarged(read, Integer.parseInt(rows));
                Column keys =
                        FixedColumn.ofLongs(LongStream.range(0, base.rowCount()).toArray());
                for (String kind : kinds.split(",")) {
                    build(indexes, kind, base, keys);
                }
            }
        }
    }

    private static void build(Indexes indexes, String named, VectorColumn base, Column keys) throws IOException {
        String[] parts = named.split(":");
        Map<String, String> params = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            params.put(parts[i].split("=")[0], parts[i].split("=")[1]);
        }
        List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        System.gc();
        pools.forEach(MemoryPoolMXBean::resetPeakUsage);
        Workload.Built built = Workload.build(indexes, parts[0], params, base, keys);
        long heap =
                pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        double recall = indexes.recall(built.spec(), built.extent(), built.object(), base, keys, SAMPLES);
        System.out.printf(
                "%-32s %,10d  %7.1f  %6.1f  %7.0f  %12.0f  %8.0f  %.4f%n",
                named,
                base.rowCount(),
                built.seconds(),
                built.coreSeconds(),
                heap / 1e6,
                anonymousMegabytes(),
                built.object().byteSize() / 1e6,
                recall);
    }

    /** Memory of this process that is no file's, as Linux counts it; NaN elsewhere. */
    static double anonymousMegabytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("RssAnon:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1000)
                .findFirst()
                .orElse(Double.NaN);
    }
}
