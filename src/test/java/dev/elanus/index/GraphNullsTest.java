package dev.elanus.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.RowSet;
import dev.elanus.column.Validity;
import dev.elanus.column.VectorColumn;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.vector.KernelChoice;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Graphs over columns of which most rows, or all, are null or equal. */
class GraphNullsTest {
    private static final int ROWS = 4_000;
    private static final int DIMENSION = 64;
    private static final MachineHost HOST = new MachineHost(2);
    private static final Indexes INDEXES = new Indexes(KernelChoice.pick(HOST).kernels(), HOST);
    private static final Column KEYS =
            FixedColumn.ofLongs(LongStream.range(0, ROWS).toArray());

    @AfterAll
    static void close() {
        HOST.close();
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT_VECTOR, L2, HNSW",
        "FLOAT_VECTOR, IP, DISKANN",
        "FLOAT_VECTOR, L2, HNSW_PQ",
        "BINARY_VECTOR, HAMMING, HNSW"
    })
    void nullsAreNeitherWalkedThroughNorFound(DataType type, String metric, String kind) {
        VectorColumn vectors = vectors(type, 20, false);
        RowSet present = RowSet.present(vectors.validity(), ROWS);
        VectorIndexSpec spec = spec(type, metric, kind);
        MemoryOutput out = new MemoryOutput();
        IndexExtent extent = INDEXES.build(spec, vectors, KEYS, out, Progress.NONE);
        int found = 0;
        int wanted = 0;
        for (int row = present.next(0); row >= 0; row = present.next(row + 1)) {
            IndexQuery query = new IndexQuery(Indexes.queryOf(vectors, row), 10, present, Map.of());
            Hits exact = INDEXES.exact(spec.metric(), vectors, KEYS, query);
            Hits hits = Indexes.finish(INDEXES.start(spec, extent, query), out.bytes());
            assertThat(hits.rows()).hasSize(10);
            float last = spec.metric().toDistance(exact.scores()[9]);
            for (int i = 0; i < 10; i++) {
                assertThat(present.contains(hits.rows()[i])).isTrue();
                found += spec.metric().toDistance(hits.scores()[i]) <= last + 1e-3f ? 1 : 0;
            }
            wanted += 10;
            // Candidates that are compared again count twice.
            assertThat(hits.rowsScanned()).isLessThan(2 * present.cardinality());
        }
        assertThat((double) found / wanted).isGreaterThan(0.85);
    }

    @ParameterizedTest
    @CsvSource({"FLOAT_VECTOR, L2, HNSW", "FLOAT_VECTOR, L2, HNSW_PRQ", "BINARY_VECTOR, JACCARD, HNSW"})
    void columnsOfNothingButNullsAndOfNothingButOneVectorHaveIndexes(DataType type, String metric, String kind) {
        VectorIndexSpec spec = spec(type, metric, kind);
        MemoryOutput nothing = new MemoryOutput();
        VectorColumn nulls = vectors(type, ROWS + 1, false);
        IndexExtent extent = INDEXES.build(spec, nulls, KEYS, nothing, Progress.NONE);
        VectorColumn equal = vectors(type, 1, true);
        IndexQuery ofNone = new IndexQuery(Indexes.queryOf(equal, 0), 3, RowSet.none(ROWS), Map.of());
        assertThat(Indexes.finish(INDEXES.start(spec, extent, ofNone), nothing.bytes())
                        .rows())
                .isEmpty();
        MemoryOutput out = new MemoryOutput();
        IndexExtent equalExtent = INDEXES.build(spec, equal, KEYS, out, Progress.NONE);
        Hits hits = Indexes.finish(
                INDEXES.start(spec, equalExtent, new IndexQuery(Indexes.queryOf(equal, 7), 100, null, Map.of())),
                out.bytes());
        assertThat(hits.rows()).hasSize(100);
        for (float score : hits.scores()) {
            assertThat(score).isLessThan(1e-3f);
        }
    }

    private static VectorIndexSpec spec(DataType type, String metric, String kind) {
        return VectorIndexSpec.parse(
                Field.vector(101, "v", type, DIMENSION),
                Map.of("index_type", kind, "metric_type", metric, "M", "8", "efConstruction", "60"));
    }

    /** Every {@code every}-th row, and the others null. */
    private static VectorColumn vectors(DataType type, int every, boolean equal) {
        SplittableRandom random = new SplittableRandom(5);
        int width = type.vectorBytes(DIMENSION);
        MemorySegment values = Column.allocate((long) ROWS * width);
        boolean[] valid = new boolean[ROWS];
        for (int row = 0; row < ROWS; row++) {
            valid[row] = (row + 1) % every == 0;
            random = equal ? new SplittableRandom(5) : random;
            float center = 3 + row % 7;
            for (int i = 0; i < DIMENSION && valid[row]; i++) {
                if (type == DataType.FLOAT_VECTOR) {
                    values.set(
                            Column.FLOAT_LE,
                            (long) row * width + 4L * i,
                            (equal ? 3 : center) + (float) random.nextGaussian());
                } else if (i % 8 == 0) {
                    values.set(ValueLayout.JAVA_BYTE, (long) row * width + i / 8, (byte) random.nextInt());
                }
            }
        }
        return new VectorColumn(type, DIMENSION, ROWS, values, Validity.of(valid));
    }
}
