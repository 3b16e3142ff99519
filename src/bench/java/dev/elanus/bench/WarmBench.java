package dev.elanus.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.elanus.host.MachineHost;
import dev.elanus.index.IndexExtent;
import dev.elanus.index.IndexQuery;
import dev.elanus.index.Indexes;
import dev.elanus.index.Step;
import dev.elanus.index.VectorIndexSpec;
import dev.elanus.vector.KernelChoice;
import dev.elanus.vector.Metric;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recall at 10 and CPU time per query of every index kind in process, L2, one thread, on mapped files: with default
 * parameters, and as the search parameter grows, in turns with {@link Peers the libraries} that do the same.
 *
 * <p>{@code WarmBench [BASE QUERIES TRUTH [KIND[:NAME=VALUE…],… [noise]]]}: without files, the 10,000 SIFT descriptors of the
 * tests; with noise the bytes become real float32; files are .bvecs, or IDX of 28 x 28 pictures with or without .gz,
 * and .ivecs. The raw figures are kept as JSON under {@code target/}.
 */
public final class WarmBench {
    private static final int REPETITIONS = 3;
    /** Searches of all queries before anything counts: until all code is compiled for good. */
    private static final int WARM_UP = 8;

    private static final int[] WIDTHS = {10, 12, 16, 20, 24, 32, 48, 64, 96, 128, 200, 300};
    private static final int[] PROBES = {1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48};
    private static final double[] RECALLS = {0.95, 0.99, 0.999};
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final MachineHost host = new MachineHost();
    private final KernelChoice choice = KernelChoice.pick(host);
    private final Indexes indexes = new Indexes(choice.kernels(), host);
    private final WarmData data;
    private final Map<String, Object> report = new LinkedHashMap<>();

    private WarmBench(Path base, Path queries, Path truth, boolean noise) throws IOException {
        data = WarmData.read(indexes, base, queries, truth, noise);
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 1 || arguments.length == 2) {
            System.err.println("usage: bench warm [BASE QUERIES TRUTH [KIND[:NAME=VALUE…],… [noise]]]");
            System.exit(2);
        }
        Path shipped = Path.of("src/test/resources/data/sift10k");
        String kinds = arguments.length > 3 ? arguments[3] : "FLAT,IVF_FLAT,IVF_SQ8,AUTOINDEX,DISKANN,HNSW";
        boolean noise = arguments.length > 4 && arguments[4].equals("noise");
        Path base = arguments.length == 0 ? shipped.resolve("base.bvecs") : Path.of(arguments[0]);
        WarmBench bench = new WarmBench(
                base,
                arguments.length == 0 ? shipped.resolve("query.bvecs") : Path.of(arguments[1]),
                arguments.length == 0 ? shipped.resolve("gt_l2_k100.ivecs") : Path.of(arguments[2]),
                noise);
        bench.run(base, List.of(kinds.split(",")), noise);
    }

    private void run(Path base, List<String> kinds, boolean noise) throws IOException {
        System.out.printf(
                "%s: %,d x %d, %d queries, k %d, L2%n",
                base, data.base().rowCount(), data.base().dimension(), data.queries().length, WarmData.K);
        System.out.println(choice.reason());
        for (String kind : kinds) {
            measure(kind);
        }
        String folder = base.toAbsolutePath().getParent().getFileName().toString();
        Path kept = Path.of("target", "search-" + folder + (noise ? "-noise" : "") + ".json");
        Files.createDirectories(kept.getParent());
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(kept.toFile(), report);
        System.out.println("kept: " + kept);
        host.close();
    }

    private void measure(String named) throws IOException {
        String[] parts = named.split(":");
        String kind = parts[0];
        if (kind.equals("FLAT")) {
            Curve.Point flat = search(
                    query -> indexes.exact(Metric.L2, data.base(), data.keys(), query)
                            .scores(),
                    Map.of(),
                    0);
            System.out.printf("FLAT: recall %.4f, %.0f us%n", flat.recall(), flat.micros());
            report.put(kind, flat);
            return;
        }
        Map<String, String> params = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            params.put(parts[i].split("=")[0], parts[i].split("=")[1]);
        }
        Workload.Built built = Workload.build(indexes, kind, params, data.base(), data.keys());
        System.out.printf(
                "%s: built in %.1f s, %.1f core-seconds, %,d bytes, head %,d%n",
                named,
                built.seconds(),
                built.coreSeconds(),
                built.extent().length(),
                built.extent().head().length());
        report.put(named + " build core-seconds", built.coreSeconds());
        Searcher searcher = query -> built.search(indexes, query).scores();
        for (int i = 0; i < WARM_UP; i++) {
            search(searcher, Map.of(), 0);
        }
        Curve.Point defaults = search(searcher, Map.of(), 0);
        System.out.printf(
                "%s: by default recall %.4f, %.0f us, %s%n",
                named, defaults.recall(), defaults.micros(), reads(built.spec(), built.extent(), built.object()));
        report.put(named + " defaults", defaults);
        List<Peer> peers = Peers.of(data, built.spec());
        try {
            for (Peer peer : peers) {
                System.out.printf(
                        "%s: built in %.1f core-seconds, %.2f of ours%n",
                        peer.name(), peer.buildSeconds(), peer.buildSeconds() / built.coreSeconds());
                report.put(named + ": " + peer.name() + " build core-seconds", peer.buildSeconds());
            }
            sweep(named, parameter(built.spec()), searcher, peers);
        } finally {
            for (Peer peer : peers) {
                peer.close();
            }
        }
    }

    /** The name of what a kind trades recall by. */
    private static String parameter(VectorIndexSpec spec) {
        return switch (spec.kind()) {
            case HNSW, HNSW_SQ, HNSW_PQ, HNSW_PRQ, GPU_CAGRA -> "ef";
            case DISKANN -> "search_list";
            default -> "nprobe";
        };
    }

    /** Measures every value of a parameter, and the peers in turns. */
    private void sweep(String named, String name, Searcher searcher, List<Peer> peers) throws IOException {
        List<List<Curve.Point>> medians = new ArrayList<>();
        for (int i = 0; i <= peers.size(); i++) {
            medians.add(new ArrayList<>());
        }
        int[] parameters = name.equals("nprobe") ? PROBES : WIDTHS;
        for (Peer peer : peers) {
            for (int i = 0; i < WARM_UP; i++) {
                peer.search(parameters[0]);
            }
        }
        for (int parameter : parameters) {
            List<List<Curve.Point>> repeated = new ArrayList<>();
            for (int repetition = 0; repetition < REPETITIONS; repetition++) {
                List<Curve.Point> once = new ArrayList<>();
                once.add(search(searcher, Map.of(name, Integer.toString(parameter)), parameter));
                for (Peer peer : peers) {
                    once.add(peer.search(parameter));
                }
                repeated.add(once);
            }
            for (int i = 0; i < medians.size(); i++) {
                int who = i;
                medians.get(i)
                        .add(median(repeated.stream().map(once -> once.get(who)).toList()));
            }
        }
        Curve ours = show(named, new Curve(named + " by " + name, medians.getFirst()));
        for (int i = 0; i < peers.size(); i++) {
            String peer = peers.get(i).name();
            compare(named, ours, peer, show(named, new Curve(peer, medians.get(i + 1))));
        }
    }

    private Curve show(String named, Curve curve) {
        curve.print();
        report.put(named + ": " + curve.name(), curve.points());
        return curve;
    }

    private void compare(String named, Curve ours, String peer, Curve theirs) {
        for (double recall : RECALLS) {
            double our = ours.microsAt(recall).orElse(Double.NaN);
            double their = theirs.microsAt(recall).orElse(Double.NaN);
            System.out.printf(
                    "%s at recall %.3f: %.0f us, %s %.0f us: %.2f times as fast%n",
                    named, recall, our, peer, their, their / our);
            report.put(named + ": times as fast as " + peer + " at " + recall, their / our);
        }
    }

    private interface Searcher {
        float[] search(IndexQuery query);
    }

    private Curve.Point search(Searcher searcher, Map<String, String> params, int parameter) {
        float[][] distances = new float[data.queries().length][];
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < distances.length; i++) {
            distances[i] = searcher.search(new IndexQuery(data.queries()[i], WarmData.K, null, params));
        }
        double micros = (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / distances.length;
        return new Curve.Point(parameter, data.recall(distances), micros);
    }

    private static Curve.Point median(List<Curve.Point> points) {
        double[] micros =
                points.stream().mapToDouble(Curve.Point::micros).sorted().toArray();
        return new Curve.Point(points.getFirst().parameter(), points.getFirst().recall(), micros[micros.length / 2]);
    }

    /** Waves and reads of a search that has nothing yet, on average over some queries. */
    private String reads(VectorIndexSpec spec, IndexExtent extent, MemorySegment object) {
        int waves = 0;
        int reads = 0;
        long bytes = 0;
        int sampled = Math.min(100, data.queries().length);
        for (int i = 0; i < sampled; i++) {
            Step step = indexes.start(spec, extent, new IndexQuery(data.queries()[i], WarmData.K, null, Map.of()));
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
