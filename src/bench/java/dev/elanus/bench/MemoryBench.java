package dev.elanus.bench;

import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.VectorColumn;
import dev.elanus.host.MachineHost;
import dev.elanus.index.IndexExtent;
import dev.elanus.index.IndexQuery;
import dev.elanus.index.Indexes;
import dev.elanus.index.VectorIndexSpec;
import dev.elanus.schema.Field;
import dev.elanus.vector.KernelChoice;
import dev.elanus.vector.Metric;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Searches of an index that is larger than memory: queries a second on one thread, in a process that may use what it wants, and then in one whose cgroup
 * (version 1; Linux, as root) leaves it a share of the vectors' float32 size beside what the first one had that is no file's.
 *
 * <p>{@code MemoryBench BASE QUERIES ROWS KIND,… [SHARE]}: the share is 8 for an eighth, the default.
 */
public final class MemoryBench {
    private static final int K = 10;
    private static final int QUERIES = 1000;
    private static final int CHECKED = 50;
    private static final int WARM_UP = 4;
    private static final Path GROUP = Path.of("/sys/fs/cgroup/memory/elanus-bench");

    private MemoryBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 4 || arguments.length > 5) {
            System.err.println("usage: bench memory BASE QUERIES ROWS KIND,… [SHARE]");
            System.exit(2);
        }
        int share = arguments.length > 4 ? Integer.parseInt(arguments[4]) : 8;
        VectorColumn base = Workload.enlarged(Workload.read(Path.of(arguments[0])), Integer.parseInt(arguments[2]));
        float[][] queries = queries(Path.of(arguments[1]));
        Column keys = FixedColumn.ofLongs(LongStream.range(0, base.rowCount()).toArray());
        try (MachineHost host = new MachineHost()) {
            Indexes indexes = new Indexes(KernelChoice.pick(host).kernels(), host);
            String bounds = IntStream.range(0, CHECKED)
                    .mapToObj(i -> indexes.exact(Metric.L2, base, keys, new IndexQuery(queries[i], K, null, Map.of())))
                    .map(exact -> Float.toString(exact.scores()[K - 1] * 1.00001f))
                    .collect(Collectors.joining(","));
            for (String kind : arguments[3].split(",")) {
                Workload.Built built = Workload.build(indexes, kind, base, keys);
                Path file = Files.createTempFile("elanus-bench", "." + kind);
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    for (long at = 0; at < built.object().byteSize(); at += 1 << 24) {
                        long length = Math.min(1 << 24, built.object().byteSize() - at);
                        channel.write(built.object().asSlice(at, length).asByteBuffer());
                    }
                    channel.force(true);
                    measure(kind, base, file, built.extent().headOffset(), arguments[1], bounds, share);
                } finally {
                    Files.delete(file);
                }
            }
        }
    }

    private static void measure(
            String kind, VectorColumn base, Path file, long headOffset, String queries, String bounds, int share)
            throws IOException, InterruptedException {
        List<String> command = List.of(kind, "" + base.dimension(), file.toString(), "" + headOffset, queries, bounds);
        double[] free = Searches.start(command, "exec \"$@\"");
        long left = base.values().byteSize() / share;
        Files.createDirectories(GROUP);
        Files.writeString(GROUP.resolve("memory.limit_in_bytes"), Long.toString((long) (free[2] * 1e6) + left));
        Files.writeString(Path.of("/proc/sys/vm/drop_caches"), "1");
        double[] limited = Searches.start(command, "echo $$ > " + GROUP + "/cgroup.procs; exec \"$@\"");
        Files.delete(GROUP);
        System.out.printf(
                "%s: %,d rows, index %,d MB: %.0f queries/s, recall %.4f; with %,d MB for files %.0f queries/s, recall %.4f: %.2f of the speed%n",
                kind,
                base.rowCount(),
                Files.size(file) / 1_000_000,
                free[0],
                free[1],
                left / 1_000_000,
                limited[0],
                limited[1],
                limited[0] / free[0]);
    }

    private static float[][] queries(Path path) {
        VectorColumn read = Workload.read(path);
        float[][] queries = new float[Math.min(QUERIES, read.rowCount())][];
        Arrays.setAll(queries, read::floatsAt);
        return queries;
    }

    /** The process that searches: prints queries a second, recall, and megabytes of memory that is no file's. */
    public static final class Searches {
        private Searches() {}

        /** Starts it behind a line of the shell. @return what it printed */
        static double[] start(List<String> arguments, String line) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>(List.of("sh", "-c", line, "sh"));
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of(
                    "--add-modules=jdk.incubator.vector",
                    "--enable-native-access=ALL-UNNAMED",
                    "-Xmx64m",
                    "-XX:+AlwaysPreTouch",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Searches.class.getName()));
            command.addAll(arguments);
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("the process that searches ended with " + process.exitValue());
            }
            return Arrays.stream(printed.lines().toList().getLast().split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        }

        public static void main(String[] arguments) throws IOException {
            VectorIndexSpec spec = VectorIndexSpec.parse(
                    Field.vector(101, "v", Integer.parseInt(arguments[1])),
                    Map.of("index_type", arguments[0], "metric_type", "L2"));
            float[][] queries = queries(Path.of(arguments[4]));
            String[] bounds = arguments[5].split(",");
            try (MachineHost host = new MachineHost(1);
                    FileChannel channel = FileChannel.open(Path.of(arguments[2]))) {
                Indexes indexes = new Indexes(KernelChoice.pick(host).kernels(), host);
                MemorySegment object = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
                Workload.Built built = new Workload.Built(
                        spec, new IndexExtent(Long.parseLong(arguments[3]), channel.size()), object, 0, 0);
                double perSecond = 0;
                for (int i = 0; i < WARM_UP; i++) {
                    long start = System.nanoTime();
                    for (float[] query : queries) {
                        built.search(indexes, new IndexQuery(query, K, null, Map.of()));
                    }
                    perSecond = queries.length / ((System.nanoTime() - start) / 1e9);
                }
                int found = 0;
                for (int i = 0; i < bounds.length; i++) {
                    float bound = Float.parseFloat(bounds[i]);
                    for (float score : built.search(indexes, new IndexQuery(queries[i], K, null, Map.of()))
                            .scores()) {
                        found += score <= bound ? 1 : 0;
                    }
                }
                System.out.println(
                        perSecond + " " + found / (double) (K * bounds.length) + " " + BuildBench.anonymousMegabytes());
            }
        }
    }
}
