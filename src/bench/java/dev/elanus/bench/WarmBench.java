package dev.elanus.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.VectorColumn;
import dev.elanus.host.MachineHost;
import dev.elanus.index.IndexExtent;
import dev.elanus.index.IndexQuery;
import dev.elanus.index.Indexes;
import dev.elanus.index.Step;
import dev.elanus.index.VectorIndexSpec;
import dev.elanus.testing.VectorFiles;
import dev.elanus.vector.KernelChoice;
import dev.elanus.vector.Metric;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Recall at 10 and CPU time per query of every index kind in process, L2, one thread, on mapped files: with default
 * parameters, and as the search parameter grows; HNSW against hnswlib in C++, measured in turns.
 *
 * <p>{@code WarmBench [BASE QUERIES TRUTH [KIND,… [noise]]]}: without files, the 10,000 SIFT descriptors of the
 * tests; with noise the bytes become real float32, and hnswlib, which does not see it, is left out; files are .bvecs,
 * or IDX of 28 x 28 pictures with or without .gz, and .ivecs. The raw figures are kept as JSON under {@code target/}.
 */
public final class WarmBench {
    private static final int K = 10;
    private static final int QUERIES = 1000;
    private static final int REPETITIONS = 3;
    private static final int[] WIDTHS = {10, 12, 16, 20, 24, 32, 48, 64, 96, 128, 200, 300};
    private static final int[] PROBES = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48};
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final MachineHost host = new MachineHost();
    private final KernelChoice choice = KernelChoice.pick(host);
    private final Indexes indexes = new Indexes(choice.kernels(), host);
    private final Files files;
    private final boolean noise;
    private final VectorColumn base;
    private final Column keys;
    private final float[][] queries;
    /** The squared distance of each query's tenth neighbour. */
    private final float[] bounds;

    private final Map<String, Object> report = new LinkedHashMap<>();

    record Files(Path base, Path queries, Path truth) {}

    private WarmBench(Files files, boolean noise) {
        this.files = files;
        this.noise = noise;
        base = noise ? noisy(Workload.read(files.base())) : Workload.read(files.base());
        keys = FixedColumn.ofLongs(LongStream.range(0, base.rowCount()).toArray());
        VectorColumn read = Workload.read(files.queries());
        int[][] truth = VectorFiles.ivecs(VectorFiles.file(files.truth()));
        queries = new float[Math.min(QUERIES, read.rowCount())][];
        bounds = new float[queries.length];
        for (int i = 0; i < queries.length; i++) {
            queries[i] = read.floatsAt(i);
            IndexQuery exact = new IndexQuery(queries[i], K, null, Map.of());
            bounds[i] = noise
                    ? indexes.exact(Metric.L2, base, keys, exact).scores()[K - 1]
                    : choice.kernels()
                            .squaredDistance(queries[i], base.values(), (long) truth[i][K - 1] * base.dimension() * 4);
        }
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 1 || arguments.length == 2) {
            System.err.println("usage: bench warm [BASE QUERIES TRUTH [KIND,… [noise]]]");
            System.exit(2);
        }
        Path shipped = Path.of("src/test/resources/data/sift10k");
        Files files = arguments.length == 0
                ? new Files(
                        shipped.resolve("base.bvecs"),
                        shipped.resolve("query.bvecs"),
                        shipped.resolve("gt_l2_k100.ivecs"))
                : new Files(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
        String kinds = arguments.length > 3 ? arguments[3] : "FLAT,IVF_FLAT,IVF_SQ8,AUTOINDEX,DISKANN,HNSW";
        boolean noise = arguments.length > 4 && arguments[4].equals("noise");
        new WarmBench(files, noise).run(List.of(kinds.split(",")));
    }

    private void run(List<String> kinds) throws IOException {
        System.out.printf(
                "%s: %,d x %d, %d queries, k %d, L2%n",
                files.base(), base.rowCount(), base.dimension(), queries.length, K);
        System.out.println(choice.reason());
        for (String kind : kinds) {
            measure(kind);
        }
        Path kept = Path.of(
                "target",
                "search-" + files.base().toAbsolutePath().getParent().getFileName() + (noise ? "-noise" : "")
                        + ".json");
        java.nio.file.Files.createDirectories(kept.getParent());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(kept.toFile(), report);
        System.out.println("kept: " + kept);
        host.close();
    }

    private void measure(String kind) throws IOException {
        if (kind.equals("FLAT")) {
            Curve.Point flat =
                    search(query -> indexes.exact(Metric.L2, base, keys, query).scores(), Map.of(), 0);
            System.out.printf("FLAT: recall %.4f, %.0f us%n", flat.recall(), flat.micros());
            report.put(kind, flat);
            return;
        }
        Workload.Built built = Workload.build(indexes, kind, base, keys);
        VectorIndexSpec spec = built.spec();
        IndexExtent extent = built.extent();
        MemorySegment object = built.object();
        double seconds = built.seconds();
        long start = host.nanoTime();
        double recall = indexes.recall(spec, extent, object, base, keys, 100);
        System.out.printf(
                "%s: built in %.1f s, %,d bytes, head %,d; measures its own recall as %.4f in %.1f s%n",
                kind, seconds, extent.length(), extent.head().length(), recall, (host.nanoTime() - start) / 1e9);
        Searcher searcher = query -> built.search(indexes, query).scores();
        String name = switch (spec.kind()) {
            case HNSW, HNSW_SQ, HNSW_PQ, HNSW_PRQ, GPU_CAGRA -> "ef";
            case DISKANN -> "search_list";
            default -> "nprobe";
        };
        search(searcher, Map.of(), 0);
        Curve.Point defaults = search(searcher, Map.of(), 0);
        System.out.printf(
                "%s: by default recall %.4f, %.0f us, %s%n",
                kind, defaults.recall(), defaults.micros(), reads(spec, extent, object));
        report.put(kind + " defaults", defaults);
        report.put(kind + " build seconds", seconds);
        int[] parameters = name.equals("nprobe") ? PROBES : WIDTHS;
        if (kind.equals("HNSW") && !noise) {
            try (HnswlibPeer peer = new HnswlibPeer(files, queries.length, 30, 360)) {
                System.out.println("hnswlib: built with M 30, ef_construction 360: " + peer.build);
                compare(sweep(kind, searcher, name, parameters, peer));
            }
        } else {
            sweep(kind, searcher, name, parameters, null);
        }
    }

    /** Measures every value of a parameter, and the peer in turns. */
    private List<Curve> sweep(String kind, Searcher searcher, String name, int[] parameters, HnswlibPeer peer)
            throws IOException {
        List<Curve.Point> ours = new ArrayList<>();
        List<Curve.Point> theirs = new ArrayList<>();
        for (int parameter : parameters) {
            List<Curve.Point> our = new ArrayList<>();
            List<Curve.Point> their = new ArrayList<>();
            for (int repetition = 0; repetition < REPETITIONS; repetition++) {
                our.add(search(searcher, Map.of(name, Integer.toString(parameter)), parameter));
                if (peer != null) {
                    their.add(peer.search(parameter));
                }
            }
            ours.add(median(our));
            if (peer != null) {
                theirs.add(median(their));
            }
        }
        List<Curve> curves = new ArrayList<>(List.of(new Curve(kind + " by " + name, ours)));
        if (peer != null) {
            curves.add(new Curve("hnswlib by ef", theirs));
        }
        for (Curve curve : curves) {
            curve.print();
            report.put(curve.name(), curve.points());
        }
        for (double recall : new double[] {0.95, 0.99}) {
            curves.getFirst()
                    .microsAt(recall)
                    .ifPresent(micros -> System.out.printf("%s at recall %.2f: %.0f us%n", kind, recall, micros));
        }
        return curves;
    }

    private void compare(List<Curve> curves) {
        for (double recall : new double[] {0.95, 0.99, 0.999}) {
            double ours = curves.get(0).microsAt(recall).orElse(Double.NaN);
            double theirs = curves.get(1).microsAt(recall).orElse(Double.NaN);
            System.out.printf(
                    "at recall %.3f: %.0f us, hnswlib %.0f us, ratio %.2f%n", recall, ours, theirs, ours / theirs);
            report.put("HNSW to hnswlib at " + recall, ours / theirs);
        }
    }

    private interface Searcher {
        float[] search(IndexQuery query);
    }

    private Curve.Point search(Searcher searcher, Map<String, String> params, int parameter) {
        long start = THREADS.getCurrentThreadCpuTime();
        float[][] scores = new float[queries.length][];
        for (int i = 0; i < queries.length; i++) {
            scores[i] = searcher.search(new IndexQuery(queries[i], K, null, params));
        }
        double micros = (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / queries.length;
        int found = 0;
        for (int i = 0; i < queries.length; i++) {
            for (float score : scores[i]) {
                found += score <= bounds[i] * 1.000001f ? 1 : 0;
            }
        }
        return new Curve.Point(parameter, (double) found / (K * queries.length), micros);
    }

    private static Curve.Point median(List<Curve.Point> points) {
        double[] micros =
                points.stream().mapToDouble(Curve.Point::micros).sorted().toArray();
        return new Curve.Point(points.getFirst().parameter(), points.getFirst().recall(), micros[micros.length / 2]);
    }

    /** Vectors of bytes with noise of half a unit at most, which int8 codes do not keep. */
    private static VectorColumn noisy(VectorColumn vectors) {
        SplittableRandom random = new SplittableRandom(1);
        for (long at = 0; at < vectors.values().byteSize(); at += Float.BYTES) {
            float value = vectors.values().get(Column.FLOAT_LE, at);
            vectors.values().set(Column.FLOAT_LE, at, value + random.nextFloat() - 0.5f);
        }
        return vectors;
    }

    /** Waves and reads of a search that has nothing yet, on average over some queries. */
    private String reads(VectorIndexSpec spec, IndexExtent extent, MemorySegment object) {
        int waves = 0;
        int reads = 0;
        long bytes = 0;
        int sampled = Math.min(100, queries.length);
        for (int i = 0; i < sampled; i++) {
            Step step = indexes.start(spec, extent, new IndexQuery(queries[i], K, null, Map.of()));
            while (step instanceof Step.Stage stage) {
                waves++;
                reads += stage.needs().size();
                bytes += stage.needs().stream()
                        .mapToLong(range -> range.length())
                        .sum();
                step = stage.run(object);
            }
        }
        return "cold: %.1f waves, %.1f reads, %,d bytes"
                .formatted((double) waves / sampled, (double) reads / sampled, bytes / sampled);
    }
}
