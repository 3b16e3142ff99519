package dev.elanus.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.RowSet;
import dev.elanus.column.Validity;
import dev.elanus.schema.DataType;
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
import org.junit.jupiter.params.provider.ValueSource;

/** The sparse index against plain maps. */
class SparseIndexTest {
    private static final int ROWS = 300;
    private static final SparseQuery.Bm25 BM25 = new SparseQuery.Bm25(1.2f, 0.75f, 5);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theBestRowsAreFoundWithTheirScoresAndKeys(boolean textKeys) {
        SplittableRandom random = new SplittableRandom(7);
        List<Map<Integer, Float>> rows =
                IntStream.range(0, ROWS).mapToObj(_ -> row(random)).toList();
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
        IndexExtent extent = new SparseBuilder(column, keys, out).build(Progress.NONE);
        for (int i = 0; i < 100; i++) {
            SparseQuery plain = SparseQuery.of(MemorySegment.ofArray(bytes(row(random))));
            SparseQuery query = i % 2 == 0 ? plain : new SparseQuery(plain.terms(), plain.weights(), BM25);
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
        random.ints(60, 0, ROWS).forEach(rows::add);
        return rows;
    }

    /** Indexes on both sides of 2^31. */
    private static Map<Integer, Float> row(SplittableRandom random) {
        Map<Integer, Float> row = new TreeMap<>(Integer::compareUnsigned);
        for (int i = random.nextInt(8); i > 0; i--) {
            int index = random.nextInt(20);
            row.put(random.nextBoolean() ? index : -2 - index, (float) random.nextInt(1, 5));
        }
        return row;
    }

    private static byte[] bytes(Map<Integer, Float> row) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * row.size()).order(ByteOrder.LITTLE_ENDIAN);
        row.forEach((index, value) -> bytes.putInt(index).putFloat(value));
        return bytes.array();
    }
}
