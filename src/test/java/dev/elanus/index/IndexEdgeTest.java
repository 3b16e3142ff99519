package dev.elanus.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.RowSet;
import dev.elanus.column.VectorColumn;
import dev.elanus.error.Corrupt;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.DataType;
import dev.elanus.vector.KernelChoice;
import dev.elanus.vector.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that leave an index nothing to go by. */
class IndexEdgeTest {
    private static final MachineHost HOST = new MachineHost();
    private static final Indexes INDEXES = new Indexes(KernelChoice.pick(HOST).kernels(), HOST);

    @AfterAll
    static void close() {
        HOST.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"IVF_FLAT", "IVF_SQ8", "IVF_RABITQ", "HNSW", "HNSW_SQ", "DISKANN", "AUTOINDEX", "GPU_CAGRA"})
    void oneRowIsFound(IndexKind kind) {
        for (Metric metric : List.of(Metric.L2, Metric.IP, Metric.COSINE)) {
            BuiltIndex index = build(kind, metric, new float[][] {{0.5f, -2, 3}});
            Hits hits = index.search(new float[] {1, 1, 1}, 10);
            assertThat(hits.rows()).containsExactly(0);
            assertThat(INDEXES.recall(
                            index.spec,
                            index.extent,
                            index.object,
                            VectorColumn.of(new float[][] {{0.5f, -2, 3}}, 3),
                            keys(1),
                            5))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IVF_FLAT", "IVF_SQ8", "IVF_RABITQ", "HNSW", "HNSW_SQ", "DISKANN", "AUTOINDEX", "GPU_CAGRA"})
    void moreHitsThanRowsAreEveryRowInOrder(IndexKind kind) {
        for (int count : new int[] {2, 20, 150}) {
            float[][] rows = random(count, 5, count);
            for (Metric metric : List.of(Metric.L2, Metric.IP, Metric.COSINE)) {
                BuiltIndex index = build(kind, metric, rows);
                Hits hits = index.search(rows[0], 1000);
                Hits exact = exact(metric, rows, rows[0], 1000, null);
                assertThat(hits.rows()).containsExactlyInAnyOrder(exact.rows());
                assertThat(hits.scores()).containsExactly(exact.scores(), within(1e-5f));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IVF_FLAT", "IVF_SQ8", "IVF_RABITQ", "HNSW", "HNSW_SQ", "DISKANN", "AUTOINDEX", "GPU_CAGRA"})
    void equalRowsAreAllAsNear(IndexKind kind) {
        float[][] rows = new float[300][];
        Arrays.setAll(rows, i -> new float[] {0.1f, 0.2f, -0.3f});
        for (Metric metric : List.of(Metric.L2, Metric.IP, Metric.COSINE)) {
            Hits hits = build(kind, metric, rows).search(rows[0], 20);
            assertThat(hits.rows()).hasSize(20).doesNotHaveDuplicates();
            assertThat(hits.scores()[0]).isCloseTo(hits.scores()[19], within(1e-6f));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HNSW", "DISKANN"})
    void rowsBehindThousandsOfEqualOnesAreFound(IndexKind kind) {
        float[][] rows = random(5000, 8, 12);
        for (int row = 0; row < 3000; row++) {
            rows[row] = rows[0].clone();
        }
        for (Metric metric : List.of(Metric.L2, Metric.COSINE)) {
            BuiltIndex index = build(kind, metric, rows);
            int found = 0;
            for (int row = 3000; row < rows.length; row += 20) {
                found += index.search(rows[row], 10).rows()[0] == row ? 1 : 0;
            }
            assertThat(found).as("of 100 rows").isGreaterThanOrEqualTo(98);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IVF_FLAT", "IVF_SQ8", "IVF_RABITQ", "HNSW", "HNSW_SQ", "DISKANN", "AUTOINDEX", "GPU_CAGRA"})
    void dimensionsNeitherSmallNorOddMatter(IndexKind kind) {
        for (int dimension : new int[] {2, 3, 2049}) {
            float[][] rows = random(120, dimension, dimension);
            for (Metric metric : List.of(Metric.L2, Metric.IP, Metric.COSINE)) {
                BuiltIndex index = build(kind, metric, rows);
                float[] query = random(1, dimension, 77)[0];
                Hits hits = index.search(query, 120);
                Hits exact = exact(metric, rows, query, 120, null);
                assertThat(hits.scores()).containsExactly(exact.scores(), within(1e-3f));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IVF_FLAT", "IVF_SQ8", "IVF_RABITQ", "HNSW", "HNSW_SQ", "DISKANN", "AUTOINDEX", "GPU_CAGRA"})
    void zeroVectorsHaveCosineZero(IndexKind kind) {
        float[][] rows = random(100, 4, 1);
        rows[3] = new float[4];
        rows[50] = new float[4];
        BuiltIndex index = build(kind, Metric.COSINE, rows);
        Hits hits = index.search(new float[] {1, 2, 3, 4}, 100);
        for (int i = 0; i < 100; i++) {
            if (hits.rows()[i] == 3 || hits.rows()[i] == 50) {
                assertThat(hits.scores()[i]).isCloseTo(0, within(1e-6f));
            }
            assertThat(hits.scores()[i]).isBetween(-1f, 1f);
        }
        assertThat(index.search(new float[4], 5).scores()).containsExactly(new float[5], within(1e-6f));
    }

    @ParameterizedTest
    @EnumSource(names = {"IVF_FLAT", "IVF_SQ8", "IVF_RABITQ", "HNSW", "HNSW_SQ", "DISKANN", "AUTOINDEX", "GPU_CAGRA"})
    void onlyAllowedRowsAreHitsHoweverFew(IndexKind kind) {
        float[][] rows = random(2000, 8, 2);
        BuiltIndex index = build(kind, Metric.L2, rows);
        assertThat(index.search(rows[0], 10, RowSet.none(2000), Map.of()).rows())
                .isEmpty();
        for (int step : new int[] {1999, 700, 97, 10, 2, 1}) {
            RowSet allowed = RowSet.none(2000);
            for (int row = 1; row < 2000; row += step) {
                allowed.add(row);
            }
            Hits hits = index.search(rows[0], 10, allowed, Map.of());
            Hits exact = exact(Metric.L2, rows, rows[0], 10, allowed);
            assertThat(hits.rows()).hasSameSizeAs(exact.rows()).doesNotHaveDuplicates();
            assertThat(Arrays.stream(hits.rows()).allMatch(allowed::contains)).isTrue();
            if (step > 90) {
                assertThat(hits.rows()).containsExactly(exact.rows());
            }
        }
    }

    /** The allowed rows all lie far from the query, where no walk and no probe would come by itself. */
    @ParameterizedTest
    @EnumSource(names = {"IVF_FLAT", "IVF_SQ8", "IVF_RABITQ", "HNSW", "HNSW_SQ", "DISKANN", "AUTOINDEX", "GPU_CAGRA"})
    void allowedRowsFarFromTheQueryAreFound(IndexKind kind) {
        float[][] rows = random(3000, 8, 3);
        RowSet far = RowSet.none(3000);
        for (int row = 0; row < 3000; row += 10) {
            rows[row][0] += 50;
            far.add(row);
        }
        BuiltIndex index = build(kind, Metric.L2, rows);
        float[] query = new float[8];
        assertThat(index.search(query, 10, far, Map.of()).rows()).hasSize(10);
        assertThat(index.search(query, 10, far, Map.of()).scores()[0])
                .isLessThan(exact(Metric.L2, rows, query, 30, far).scores()[29]);
    }

    @ParameterizedTest
    @EnumSource(names = {"IVF_FLAT", "IVF_SQ8", "IVF_RABITQ", "HNSW", "HNSW_SQ", "DISKANN", "AUTOINDEX", "GPU_CAGRA"})
    void keysMayBeText(IndexKind kind) {
        float[][] rows = random(500, 6, 4);
        List<String> texts =
                IntStream.range(0, 500).mapToObj(i -> "ключ".repeat(i % 4) + i).toList();
        Column keys = BytesColumn.of(DataType.VARCHAR, texts);
        VectorIndexSpec spec = BuiltIndex.spec(6, kind.name(), "L2");
        BuiltIndex index = BuiltIndex.build(INDEXES, spec, VectorColumn.of(rows, 6), keys);
        Hits hits = index.search(rows[123], 10);
        assertThat(hits.rows()[0]).isEqualTo(123);
        for (int i = 0; i < 10; i++) {
            assertThat(((BytesColumn) hits.keys()).textAt(i)).isEqualTo(texts.get(hits.rows()[i]));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IVF_FLAT", "IVF_SQ8", "IVF_RABITQ", "HNSW", "HNSW_SQ", "DISKANN", "AUTOINDEX", "GPU_CAGRA"})
    void aHeadOfSomethingElseIsRefused(IndexKind kind) {
        BuiltIndex index = build(kind, Metric.L2, random(50, 4, 5));
        for (int offset : new int[] {0, 4, 8, 12}) {
            byte[] bytes = index.object.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE);
            bytes[(int) index.extent.headOffset() + offset] = 0;
            java.lang.foreign.MemorySegment broken = Column.allocate(bytes.length);
            broken.copyFrom(java.lang.foreign.MemorySegment.ofArray(bytes));
            BuiltIndex corrupt = BuiltIndex.of(INDEXES, index.spec, index.extent, broken);
            assertThatThrownBy(() -> corrupt.search(new float[4], 1))
                    .isInstanceOf(Corrupt.class)
                    .hasMessageContaining("expected");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IVF_FLAT", "IVF_SQ8", "IVF_RABITQ", "HNSW", "HNSW_SQ", "DISKANN", "AUTOINDEX", "GPU_CAGRA"})
    void progressAscendsToOne(IndexKind kind) {
        List<Double> told = Collections.synchronizedList(new ArrayList<>());
        float[][] rows = random(2000, 4, 6);
        INDEXES.build(
                BuiltIndex.spec(4, kind.name(), "L2"),
                VectorColumn.of(rows, 4),
                keys(rows.length),
                new MemoryOutput(),
                told::add);
        assertThat(told).isSorted().last().isEqualTo(1.0);
    }

    @Test
    void aClusterIndexDependsOnItsRowsAlone() {
        float[][] rows = random(3000, 9, 7);
        BuiltIndex first = build(IndexKind.AUTOINDEX, Metric.COSINE, rows);
        BuiltIndex second = build(IndexKind.AUTOINDEX, Metric.COSINE, rows);
        assertThat(first.object.mismatch(second.object)).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource(
            value = IndexKind.class,
            names = {"HNSW", "DISKANN"})
    void aGraphThatOneCoreBuildsDependsOnItsRowsAlone(IndexKind kind) {
        VectorIndexSpec spec = BuiltIndex.spec(9, kind.name(), "L2");
        VectorColumn vectors = VectorColumn.of(random(1000, 9, 8), 9);
        try (MachineHost single = new MachineHost(1)) {
            Indexes indexes = new Indexes(KernelChoice.pick(single).kernels(), single);
            BuiltIndex first = BuiltIndex.build(indexes, spec, vectors, keys(1000));
            BuiltIndex second = BuiltIndex.build(indexes, spec, vectors, keys(1000));
            assertThat(first.object.mismatch(second.object)).isEqualTo(-1);
        }
    }

    private static BuiltIndex build(IndexKind kind, Metric metric, float[][] rows) {
        VectorIndexSpec spec = BuiltIndex.spec(rows[0].length, kind.name(), metric.name());
        return BuiltIndex.build(INDEXES, spec, VectorColumn.of(rows, rows[0].length), keys(rows.length));
    }

    private static Hits exact(Metric metric, float[][] rows, float[] query, int k, RowSet allowed) {
        VectorColumn vectors = VectorColumn.of(rows, query.length);
        return INDEXES.exact(metric, vectors, keys(rows.length), new IndexQuery(query, k, allowed, Map.of()));
    }

    private static Column keys(int count) {
        return FixedColumn.ofLongs(LongStream.range(0, count).toArray());
    }

    private static float[][] random(int count, int dimension, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] rows = new float[count][dimension];
        for (float[] row : rows) {
            for (int i = 0; i < dimension; i++) {
                row[i] = random.nextFloat() * 2 - 1;
            }
        }
        return rows;
    }
}
