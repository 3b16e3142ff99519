package dev.elanus.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.RowSet;
import dev.elanus.column.VectorColumn;
import dev.elanus.host.MachineHost;
import dev.elanus.vector.KernelChoice;
import dev.elanus.vector.Metric;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Graphs under filters that leave too many rows to compare them all, and too few to walk past the others. */
class GraphFilterTest {
    private static final int ROWS = 30_000;
    private static final int DIMENSION = 8;
    private static final MachineHost HOST = new MachineHost(2);
    private static final Indexes INDEXES = new Indexes(KernelChoice.pick(HOST).kernels(), HOST);
    private static final Column KEYS =
            FixedColumn.ofLongs(LongStream.range(0, ROWS).toArray());
    private static final VectorColumn VECTORS = vectors();
    private static BuiltIndex index;

    @BeforeAll
    static void build() {
        VectorIndexSpec spec = BuiltIndex.spec(DIMENSION, "HNSW", "L2", "M", "8", "efConstruction", "60");
        index = BuiltIndex.build(INDEXES, spec, VECTORS, KEYS);
    }

    @AfterAll
    static void close() {
        HOST.close();
    }

    @Test
    void rowsAllowedByChanceAreFoundAmongNeighboursOfNeighbours() {
        assertFinds(row -> row % 5 == 3, row -> row % 5 == 0);
    }

    @Test
    void rowsAllowedOnOneSideAreFoundByQueriesOnTheOther() {
        assertFinds(row -> VECTORS.floatsAt(row)[0] > 0.7f, row -> VECTORS.floatsAt(row)[0] < -0.7f);
    }

    @Test
    void rowsAllowedAroundTheQueryAreFound() {
        assertFinds(row -> VECTORS.floatsAt(row)[0] > 0.7f, row -> VECTORS.floatsAt(row)[0] > 0.8f);
    }

    /** Ten nearest of the allowed rows, for a hundred rows that are asked for: nearly all, and comparing a fraction of them. */
    private static void assertFinds(IntPredicate allowedRows, IntPredicate queryRows) {
        RowSet allowed = RowSet.none(ROWS);
        IntStream.range(0, ROWS).filter(allowedRows).forEach(allowed::add);
        assertThat(allowed.cardinality()).isBetween(4_000, 7_000);
        int[] queries = IntStream.range(0, ROWS).filter(queryRows).limit(100).toArray();
        assertThat(queries).hasSize(100);
        int found = 0;
        long compared = 0;
        for (int row : queries) {
            float[] query = VECTORS.floatsAt(row);
            Hits exact = INDEXES.exact(Metric.L2, VECTORS, KEYS, new IndexQuery(query, 10, allowed, Map.of()));
            Hits hits = index.search(query, 10, allowed, Map.of());
            assertThat(hits.rows()).hasSize(10);
            for (int i = 0; i < 10; i++) {
                assertThat(allowed.contains(hits.rows()[i])).isTrue();
                found += hits.scores()[i] <= exact.scores()[9] * 1.00001f ? 1 : 0;
            }
            compared += hits.rowsScanned();
        }
        assertThat(found / 1000.0).isGreaterThanOrEqualTo(0.95);
        assertThat(compared / 100).isLessThan(allowed.cardinality() / 3);
    }

    private static VectorColumn vectors() {
        SplittableRandom random = new SplittableRandom(8);
        float[][] rows = new float[ROWS][DIMENSION];
        for (float[] row : rows) {
            for (int i = 0; i < DIMENSION; i++) {
                row[i] = (float) random.nextDouble(-1, 1);
            }
        }
        return VectorColumn.of(rows, DIMENSION);
    }
}
