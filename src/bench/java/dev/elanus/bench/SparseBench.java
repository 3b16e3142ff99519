package dev.elanus.bench;

import dev.elanus.analysis.FieldAnalyzer;
import dev.elanus.analysis.TextAnalyzer;
import dev.elanus.analysis.Token;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.host.MachineHost;
import dev.elanus.index.Hits;
import dev.elanus.index.IndexKind;
import dev.elanus.index.IndexQuery;
import dev.elanus.index.Indexes;
import dev.elanus.index.VectorIndexSpec;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.vector.KernelChoice;
import dev.elanus.vector.Metric;
import dev.elanus.vector.QueryVector;
import dev.elanus.vector.SparseQuery;
import dev.elanus.vector.TermFrequencies;
import dev.elanus.vector.TermStatistics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;

/**
 * BM25 beside Lucene: the ten best of short texts, mean CPU microseconds a query on one thread, in turns, medians. Both get the tokens of one
 * analyzer, and neither cuts queries within the time.
 *
 * <p>{@code SparseBench TEXTS QUERIES [TIMES [ROUNDS]]}: files of one text a line, of tab-separated fields the last one; .gz or not. With {@code TIMES}
 * there are that many texts for each line, each followed by another line by chance.
 */
public final class SparseBench {
    private static final int K = 10;
    private static final int WARMING = 5;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private SparseBench() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2 || arguments.length > 4) {
            System.err.println("usage: bench sparse TEXTS QUERIES [TIMES [ROUNDS]]");
            System.exit(2);
        }
        int times = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1;
        int rounds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 7;
        List<String> texts = repeated(lines(Path.of(arguments[0])), times);
        try (MachineHost host = new MachineHost();
                LuceneTexts lucene = new LuceneTexts(cut(texts))) {
            measure(
                    new Indexes(KernelChoice.pick(host).kernels(), host),
                    texts,
                    lines(Path.of(arguments[1])),
                    lucene,
                    rounds);
        }
    }

    private static void measure(
            Indexes indexes, List<String> texts, List<String> queries, LuceneTexts lucene, int rounds)
            throws IOException {
        TextAnalyzer analyzer = TextAnalyzer.of("");
        FieldAnalyzer ofField = FieldAnalyzer.of(Field.varchar(0, "text", 65_535));
        CpuClock clock = new CpuClock();
        BytesColumn column = TermFrequencies.of(ofField, BytesColumn.of(DataType.VARCHAR, texts), null);
        double cutting = clock.seconds();
        Column keys = FixedColumn.ofLongs(LongStream.range(0, texts.size()).toArray());
        VectorIndexSpec spec = new VectorIndexSpec(
                IndexKind.SPARSE_INVERTED_INDEX, Metric.BM25, DataType.SPARSE_FLOAT_VECTOR, 0, Map.of());
        Workload.Built built = Workload.build(indexes, spec, column, keys);
        System.out.printf(
                "%,d texts: built in %.1f core-seconds, %.1f of them cutting, %.1f MB; Lucene %.1f, %.1f MB%n",
                texts.size(),
                cutting + built.coreSeconds(),
                cutting,
                built.object().byteSize() / 1e6,
                lucene.buildSeconds(),
                lucene.bytes() / 1e6);
        List<SparseQuery> ours = new ArrayList<>();
        List<Query> theirs = new ArrayList<>();
        for (String query : queries) {
            ours.add(QueryVector.sparse(TermFrequencies.of(ofField, null, query)));
            theirs.add(LuceneTexts.query(
                    analyzer.tokens(query).stream().map(Token::text).toList()));
        }
        double[] our = new double[rounds];
        double[] their = new double[rounds];
        float[][] found = new float[queries.size()][];
        float[][] wanted = new float[queries.size()][];
        long compared = 0;
        for (int round = -WARMING; round < rounds; round++) {
            compared = 0;
            long start = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < found.length; i++) {
                Hits hits = search(indexes, built, ours.get(i));
                found[i] = hits.scores();
                compared += hits.rowsScanned();
            }
            long between = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < found.length; i++) {
                ScoreDoc[] hits = lucene.search(theirs.get(i), K).scoreDocs;
                wanted[i] = new float[hits.length];
                for (int j = 0; j < hits.length; j++) {
                    wanted[i][j] = hits[j].score;
                }
            }
            if (round >= 0) {
                our[round] = (between - start) / 1e3 / found.length;
                their[round] = (THREADS.getCurrentThreadCpuTime() - between) / 1e3 / found.length;
            }
        }
        Arrays.sort(our);
        Arrays.sort(their);
        System.out.printf(
                "BM25, k = %d: %.1f us, %d postings; Lucene %.1f us: %.2f times as fast; %.4f of Lucene's hits are as good%n",
                K,
                our[rounds / 2],
                compared / found.length,
                their[rounds / 2],
                their[rounds / 2] / our[rounds / 2],
                agreement(found, wanted));
    }

    private static Hits search(Indexes indexes, Workload.Built built, SparseQuery query) {
        TermStatistics statistics = Indexes.statistics(built.extent(), query.terms(), built.object());
        SparseQuery weighted =
                query.scored(built.spec().bm25Frequency(), built.spec().bm25Length(), statistics);
        return built.search(indexes, new IndexQuery(weighted, K, null, Map.of()));
    }

    /** The share of Lucene's hits whose place has a score as good here. Lucene leaves out a factor of k1 + 1, and rounds the lengths of long texts. */
    private static double agreement(float[][] found, float[][] wanted) {
        int good = 0;
        int all = 0;
        for (int i = 0; i < found.length; i++) {
            all += wanted[i].length;
            for (int j = 0; j < Math.min(found[i].length, wanted[i].length); j++) {
                good += found[i][j] >= wanted[i][j] * 2.2f * 0.999f ? 1 : 0;
            }
        }
        return (double) good / all;
    }

    /** The tokens of each text between spaces. */
    private static List<String> cut(List<String> texts) {
        List<String> cut = new ArrayList<>();
        try (TextAnalyzer.Pass pass = TextAnalyzer.of("").pass()) {
            for (String text : texts) {
                cut.add(pass.tokens(text).stream().map(Token::text).collect(Collectors.joining(" ")));
            }
        }
        return cut;
    }

    private static List<String> lines(Path path) throws IOException {
        try (InputStream file = Files.newInputStream(path);
                InputStream plain = path.toString().endsWith(".gz") ? new GZIPInputStream(file) : file;
                BufferedReader reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(line -> line.substring(line.lastIndexOf('\t') + 1))
                    .toList();
        }
    }

    private static List<String> repeated(List<String> lines, int times) {
        SplittableRandom random = new SplittableRandom(1);
        List<String> texts = new ArrayList<>(lines);
        for (int i = lines.size(); i < lines.size() * times; i++) {
            texts.add(lines.get(i % lines.size()) + " " + lines.get(random.nextInt(lines.size())));
        }
        return texts;
    }
}
