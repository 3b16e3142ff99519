package dev.elanus.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.RowSet;
import dev.elanus.column.Validity;
import dev.elanus.schema.DataType;
import dev.elanus.vector.Metric;
import dev.elanus.vector.SparseQuery;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sparse index against plain maps. */
class SparseIndexTest {
    private static final int ROWS = 1500;
    /** As the index was built, of a collection with longer texts, and with other parameters. */
    private static final List<SparseQuery.Bm25> BM25 = List.of(
            new SparseQuery.Bm25(1.2f, 0.75f, 5),
            new SparseQuery.Bm25(1.2f, 0.75f, 50),
            new SparseQuery.Bm25(2, 0.5f, 5));

    @ParameterizedTest
    @CsvSource({"IP,true,false", "IP,false,true", "BM25,true,true", "BM25,false,false"})
    void theBestRowsAreFoundWithTheirScoresAndKeys(Metric metric, boolean textKeys, boolean integers) {
        SplittableRandom random = new SplittableRandom(7);
        List<Map<Integer, Float>> rows =
                IntStream.range(0, ROWS).mapToObj(_ -> row(random, integers)).toList();
        Column keys = textKeys
                ? BytesColumn.of(
                        DataType.VARCHAR,
                        IntStream.range(0, ROWS).mapToObj(row -> "key" + row).toList())
                : FixedColumn.ofLongs(
                        LongStream.range(0, ROWS).map(row -> 10 * row).toArray());
        byte[][] bytes = rows.stream().map(SparseIndexTest::bytes).toArray(byte[][]::new);
        boolean[] valid = new boolean[ROWS];
        for (int row = 0; row < ROWS; row++) {
            valid[row] = row % 11 != 0;
        }
        BytesColumn column = BytesColumn.of(DataType.VARCHAR, bytes, Validity.of(valid));
        MemoryOutput out = new MemoryOutput();
        IndexExtent extent = new SparseBuilder(spec(metric), column, keys, out).build(Progress.NONE);
        for (int i = 0; i < 100; i++) {
            SparseQuery plain = SparseQuery.of(MemorySegment.ofArray(bytes(row(random, integers))));
            SparseQuery query =
                    metric == Metric.IP ? plain : new SparseQuery(plain.terms(), plain.weights(), BM25.get(i % 3));
            RowSet allowed = i % 3 == 0 ? some(random) : null;
            List<Integer> expected = IntStream.range(0, ROWS)
                    .filter(row -> valid[row] && (allowed == null || allowed.contains(row)))
                    .filter(row -> score(query, rows.get(row)) != null)
                    .boxed()
                    .sorted(Comparator.<Integer>comparingDouble(row -> -score(query, rows.get(row)))
                            .thenComparing(row -> row))
                    .limit(10)
                    .toList();
            Hits hits = Indexes.finish(
                    SparseSearch.start(extent, new IndexQuery(query, 10, allowed, Map.of())), out.bytes());
            assertThat(hits.rows()).hasSize(expected.size());
            for (int at = 0; at < expected.size(); at++) {
                float score = score(query, rows.get(expected.get(at)));
                assertThat(hits.scores()[at]).isCloseTo(score, within(1e-4f));
                int row = hits.rows()[at];
                assertThat(score(query, rows.get(row))).isCloseTo(score, within(1e-4f));
                assertThat(
                                hits.keys() instanceof BytesColumn texts
                                        ? texts.textAt(at)
                                        : "" + ((FixedColumn) hits.keys()).longAt(at))
                        .isEqualTo(textKeys ? "key" + row : "" + 10 * row);
            }
        }
        SparseHead head = SparseHead.read(extent.head(), out.bytes());
        assertThat(head.filled()).isEqualTo((int) IntStream.range(0, ROWS)
                .filter(row -> valid[row] && !rows.get(row).isEmpty())
                .count());
    }

    private static Float score(SparseQuery query, Map<Integer, Float> row) {
        float length = (float) row.values().stream().mapToDouble(value -> value).sum();
        Float sum = null;
        for (int i = 0; i < query.terms().length; i++) {
            Float value = row.get(query.terms()[i]);
            if (value != null) {
                sum = (sum == null ? 0 : sum) + query.part(i, value, length);
            }
        }
        return sum;
    }

    private static RowSet some(SplittableRandom random) {
        RowSet rows = RowSet.none(ROWS);
        random.ints(300, 0, ROWS).forEach(rows::add);
        return rows;
    }

    private static VectorIndexSpec spec(Metric metric) {
        return new VectorIndexSpec(IndexKind.SPARSE_INVERTED_INDEX, metric, DataType.SPARSE_FLOAT_VECTOR, 0, Map.of());
    }

    /** Indexes on both sides of 2^31; some are frequent, some rare, some stand in one part of the rows only. */
    private static Map<Integer, Float> row(SplittableRandom random, boolean integers) {
        Map<Integer, Float> row = new TreeMap<>(Integer::compareUnsigned);
        for (int i = random.nextInt(12); i > 0; i--) {
            int index = (int) Math.pow(60, random.nextDouble());
            float value = integers ? random.nextInt(1, 5) : 0.01f + random.nextFloat();
            row.put(random.nextBoolean() ? index : -2 - index, value);
        }
        return row;
    }

    private static byte[] bytes(Map<Integer, Float> row) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * row.size()).order(ByteOrder.LITTLE_ENDIAN);
        row.forEach((index, value) -> bytes.putInt(index).putFloat(value));
        return bytes.array();
    }
}
