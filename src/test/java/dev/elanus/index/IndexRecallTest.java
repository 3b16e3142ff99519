package dev.elanus.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.RowSet;
import dev.elanus.column.VectorColumn;
import dev.elanus.host.MachineHost;
import dev.elanus.testing.VectorFiles;
import dev.elanus.vector.KernelChoice;
import dev.elanus.vector.Metric;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recall on 10,000 SIFT descriptors, with Milvus's default parameters unless said otherwise. */
class IndexRecallTest {
    private static final MachineHost HOST = new MachineHost();
    private static final Indexes INDEXES = new Indexes(KernelChoice.pick(HOST).kernels(), HOST);
    private static final VectorColumn BASE = VectorFiles.bvecs(VectorFiles.resource("sift10k/base.bvecs"));
    private static final VectorColumn QUERIES = VectorFiles.bvecs(VectorFiles.resource("sift10k/query.bvecs"));
    private static final int[][] TRUTH = VectorFiles.ivecs(VectorFiles.resource("sift10k/gt_l2_k100.ivecs"));
    private static final Column KEYS = FixedColumn.ofLongs(
            LongStream.range(0, BASE.rowCount()).map(row -> row * 10).toArray());

    @AfterAll
    static void close() {
        HOST.close();
    }

    @Test
    void exactScanFindsThePublishedNeighbours() {
        for (int query = 0; query < QUERIES.rowCount(); query++) {
            Hits hits =
                    INDEXES.exact(Metric.L2, BASE, KEYS, new IndexQuery(QUERIES.floatsAt(query), 100, null, Map.of()));
            assertThat(hits.rows()).containsExactly(TRUTH[query]);
            assertThat(hits.rowsScanned()).isEqualTo(10_000);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HNSW, L2",
        "HNSW, IP",
        "HNSW, COSINE",
        "DISKANN, L2",
        "DISKANN, IP",
        "DISKANN, COSINE",
        "AUTOINDEX, L2",
        "AUTOINDEX, IP",
        "AUTOINDEX, COSINE",
        "IVF_FLAT, L2",
        "IVF_FLAT, COSINE",
        "IVF_SQ8, L2",
        "IVF_SQ8, IP"
    })
    void recallByDefaultsAndUnderFiltersIsHigh(String kind, Metric metric) {
        // Noise makes components of bytes to such that int8 codes do lose something.
        VectorColumn vectors = metric == Metric.L2 ? BASE : noisy(BASE);
        BuiltIndex index = BuiltIndex.build(INDEXES, BuiltIndex.spec(128, kind, metric.name()), vectors, KEYS);
        Map<String, String> params = kind.startsWith("IVF") ? Map.of("nprobe", "16") : Map.of();
        assertThat(recall(index, vectors, null, params)).as("no filter").isGreaterThanOrEqualTo(0.95);
        assertThat(recall(index, vectors, every(2), params))
                .as("half of the rows")
                .isGreaterThanOrEqualTo(0.93);
        assertThat(recall(index, vectors, every(10), params)).as("a tenth").isGreaterThanOrEqualTo(0.93);
        assertThat(recall(index, vectors, every(500), params)).as("twenty rows").isEqualTo(1);
        double measured = INDEXES.recall(index.spec, index.extent, index.object, vectors, KEYS, 50);
        assertThat(measured).isGreaterThanOrEqualTo(kind.startsWith("IVF") ? 0.8 : 0.93);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HNSW", "DISKANN", "IVF_FLAT", "IVF_SQ8", "AUTOINDEX"})
    void scoresAreThoseOfTheVectorsAndKeysThoseOfTheRows(String kind) {
        for (Metric metric : List.of(Metric.L2, Metric.IP, Metric.COSINE)) {
            VectorColumn vectors =
                    noisy(BASE).select(java.util.stream.IntStream.range(0, 1500).toArray());
            Column keys = KEYS.select(java.util.stream.IntStream.range(0, 1500).toArray());
            BuiltIndex index = BuiltIndex.build(INDEXES, BuiltIndex.spec(128, kind, metric.name()), vectors, keys);
            float[] query = QUERIES.floatsAt(7);
            Hits hits = index.search(query, 10);
            assertThat(hits.rows()).hasSize(10).doesNotHaveDuplicates();
            for (int i = 0; i < 10; i++) {
                Hits exact = INDEXES.exact(
                        metric, vectors, keys, new IndexQuery(query, 1, only(1500, hits.rows()[i]), Map.of()));
                assertThat(hits.scores()[i])
                        .isCloseTo(exact.scores()[0], org.assertj.core.data.Percentage.withPercentage(0.001));
                assertThat(((FixedColumn) hits.keys()).longAt(i)).isEqualTo(hits.rows()[i] * 10L);
                assertThat(i > 0 && metric.isNearer(hits.scores()[i], hits.scores()[i - 1]))
                        .isFalse();
            }
        }
    }

    @Test
    void aColdSearchOfAnAutoindexIsTwoWavesAndFewReads() {
        BuiltIndex index = BuiltIndex.build(INDEXES, BuiltIndex.spec(128, "AUTOINDEX", "L2"), BASE, KEYS);
        int reads = 0;
        for (int query = 0; query < 20; query++) {
            index.search(QUERIES.floatsAt(query), 10);
            assertThat(index.asked).hasSize(2);
            assertThat(index.asked.getFirst()).hasSize(1);
            reads += index.asked.getLast().size();
        }
        assertThat(reads / 20).isLessThanOrEqualTo(4);
    }

    @Test
    void aBiggerEfAndMoreProbesFindMore() {
        BuiltIndex clusters = BuiltIndex.build(INDEXES, BuiltIndex.spec(128, "IVF_FLAT", "L2"), BASE, KEYS);
        assertThat(recall(clusters, BASE, null, Map.of("nprobe", "1"))).isLessThan(0.8);
        assertThat(recall(clusters, BASE, null, Map.of("nprobe", "65536"))).isEqualTo(1);
        BuiltIndex graph = BuiltIndex.build(INDEXES, BuiltIndex.spec(128, "HNSW", "L2", "M", "8"), BASE, KEYS);
        double small = recall(graph, BASE, null, Map.of("ef", "10"));
        double large = recall(graph, BASE, null, Map.of("ef", "300"));
        assertThat(large).isGreaterThan(small).isGreaterThanOrEqualTo(0.99);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HNSW", "DISKANN"})
    void nineThousandHitsAreFoundByComparingEachRowOnce(String kind) {
        BuiltIndex index = BuiltIndex.build(INDEXES, BuiltIndex.spec(128, kind, "L2"), BASE, KEYS);
        float[] query = QUERIES.floatsAt(0);
        Hits hits = index.search(query, 9_000);
        Hits exact = INDEXES.exact(Metric.L2, BASE, KEYS, new IndexQuery(query, 9_000, null, Map.of()));
        assertThat(hits.rows()).hasSize(9_000).doesNotHaveDuplicates();
        assertThat(hits.scores()[8_800]).isLessThanOrEqualTo(exact.scores()[8_999]);
        assertThat(hits.rowsScanned()).isLessThanOrEqualTo(20_000);
    }

    /** Copies of a row all lie in its own cluster, but queries are no copies. */
    @Test
    void rowsThatHaveCopiesDoNotMakeAutoindexReadTooLittle() {
        SplittableRandom random = new SplittableRandom(4);
        float[][] rows = new float[BASE.rowCount()][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = BASE.floatsAt(row - row % 10);
            for (int i = 0; i < 128; i++) {
                rows[row][i] += (float) random.nextDouble(-2, 2);
            }
        }
        VectorColumn copies = VectorColumn.of(rows, 128);
        BuiltIndex index = BuiltIndex.build(INDEXES, BuiltIndex.spec(128, "AUTOINDEX", "L2"), copies, KEYS);
        assertThat(recall(index, copies, null, Map.of())).isGreaterThanOrEqualTo(0.95);
    }

    private static double recall(BuiltIndex index, VectorColumn vectors, RowSet allowed, Map<String, String> params) {
        int found = 0;
        int wanted = 0;
        for (int query = 0; query < QUERIES.rowCount(); query++) {
            float[] vector = QUERIES.floatsAt(query);
            Metric metric = index.spec.metric();
            Hits exact = INDEXES.exact(metric, vectors, KEYS, new IndexQuery(vector, 10, allowed, Map.of()));
            Hits hits = Indexes.finish(
                    INDEXES.start(index.spec, index.extent, new IndexQuery(vector, 10, allowed, params)), index.object);
            float bound = metric.toDistance(exact.scores()[9]);
            for (int i = 0; i < hits.rows().length; i++) {
                assertThat(allowed == null || allowed.contains(hits.rows()[i])).isTrue();
                if (metric.toDistance(hits.scores()[i]) <= bound + Math.abs(bound) * 1e-5) {
                    found++;
                }
            }
            wanted += 10;
        }
        return (double) found / wanted;
    }

    private static RowSet every(int step) {
        RowSet rows = RowSet.none(BASE.rowCount());
        for (int row = 3 % step; row < BASE.rowCount(); row += step) {
            rows.add(row);
        }
        return rows;
    }

    private static RowSet only(int rowCount, int row) {
        RowSet rows = RowSet.none(rowCount);
        rows.add(row);
        return rows;
    }

    private static VectorColumn noisy(VectorColumn vectors) {
        SplittableRandom random = new SplittableRandom(1);
        MemorySegment values = Column.allocate(vectors.values().byteSize());
        for (long at = 0; at < values.byteSize(); at += 4) {
            values.set(Column.FLOAT_LE, at, vectors.values().get(Column.FLOAT_LE, at) + random.nextFloat());
        }
        return new VectorColumn(vectors.dimension(), vectors.rowCount(), values, vectors.validity());
    }
}
