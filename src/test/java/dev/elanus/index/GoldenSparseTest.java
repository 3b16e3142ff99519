package dev.elanus.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.SparseRow;
import dev.elanus.column.Validity;
import dev.elanus.error.Unsupported;
import dev.elanus.schema.DataType;
import dev.elanus.vector.Metric;
import dev.elanus.vector.SparseQuery;
import dev.elanus.vector.TermStatistics;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Sparse indexes that version 2 wrote are searched for ever. {@code main} writes the object where it is missing; it is never written again. */
class GoldenSparseTest {
    private static final String RESOURCE = "/format/v1/sparse_bm25.index";
    private static final long HEAD_OFFSET = 5632;
    private static final int ROWS = 200;
    private static final VectorIndexSpec SPEC = new VectorIndexSpec(
            IndexKind.SPARSE_INVERTED_INDEX, Metric.BM25, DataType.SPARSE_FLOAT_VECTOR, 0, Map.of());

    @Test
    void indexesThatWereOnceWrittenAreSearched() throws IOException {
        MemorySegment object = golden();
        IndexExtent extent = new IndexExtent(HEAD_OFFSET, object.byteSize());
        SparseQuery words = new SparseQuery(new int[] {2, 3, 40, 77}, new float[] {1, 1, 1, 1}, null);
        TermStatistics statistics = Indexes.statistics(extent, words.terms(), object);
        assertThat(statistics.having()).containsExactly(ROWS, 67, 5, 0);
        SparseQuery query = words.scored(1.2f, 0.75f, statistics);
        Hits hits = Indexes.finish(SparseSearch.start(extent, new IndexQuery(query, ROWS, null, Map.of())), object);
        assertThat(hits.rows()).hasSize(ROWS);
        BytesColumn rows = rows();
        for (int i = 0; i < ROWS; i++) {
            int row = hits.rows()[i];
            assertThat(hits.scores()[i])
                    .isCloseTo(query.score(rows.bytes(), rows.startAt(row), rows.lengthAt(row)), within(1e-5f));
            assertThat(((FixedColumn) hits.keys()).longAt(i)).isEqualTo(1000L * row);
        }
    }

    @Test
    void indexesOfTheFirstVersionAreRefusedByName() throws IOException {
        MemorySegment object = golden();
        object.set(ValueLayout.JAVA_BYTE, HEAD_OFFSET + 4, (byte) 1);
        assertThatThrownBy(() -> SparseHead.read(new IndexExtent(HEAD_OFFSET, object.byteSize()).head(), object))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("version 1")
                .hasMessageContaining("create it again");
    }

    private static MemorySegment golden() throws IOException {
        try (InputStream in = GoldenSparseTest.class.getResourceAsStream(RESOURCE)) {
            assertThat(in).isNotNull();
            return MemorySegment.ofArray(in.readAllBytes());
        }
    }

    /** One index that all rows have, one of every third, one of every fortieth, and one of each row's own. */
    private static BytesColumn rows() {
        byte[][] rows = IntStream.range(0, ROWS)
                .mapToObj(row -> {
                    int[] terms = IntStream.of(2, 3, 40, 1000 + row)
                            .filter(term -> term >= 1000 || term == 2 || row % term == 0)
                            .toArray();
                    float[] values = new float[terms.length];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = 1 + (row + i) % 3;
                    }
                    return SparseRow.of(terms, values);
                })
                .toArray(byte[][]::new);
        return BytesColumn.of(DataType.SPARSE_FLOAT_VECTOR, rows, Validity.all());
    }

    /** Writes the object under the folder given, and prints where its head starts. */
    public static void main(String[] arguments) throws IOException {
        Path path = Path.of(arguments[0] + RESOURCE);
        if (Files.exists(path)) {
            return;
        }
        Column keys = FixedColumn.ofLongs(
                LongStream.range(0, ROWS).map(row -> 1000 * row).toArray());
        MemoryOutput out = new MemoryOutput();
        IndexExtent extent = new SparseBuilder(SPEC, rows(), keys, out).build(Progress.NONE);
        Files.write(path, out.bytes().toArray(ValueLayout.JAVA_BYTE));
        System.out.println("head at " + extent.headOffset());
    }
}
