package dev.elanus.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.ByteRange;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.RowSet;
import dev.elanus.column.Validity;
import dev.elanus.column.VectorColumn;
import dev.elanus.error.Corrupt;
import dev.elanus.error.Invalid;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.vector.KernelChoice;
import dev.elanus.vector.QueryVector;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MINHASH_LSH: rows that share a band with the query, compared by their signatures. */
class BandIndexTest {
    private static final int ELEMENTS = 64;
    private static final int ROWS = 2_000;
    /** Rows of one family differ from their first one in a share of elements. */
    private static final int FAMILY = 10;

    private static final MachineHost HOST = new MachineHost(2);
    private static final Indexes INDEXES = new Indexes(KernelChoice.pick(HOST).kernels(), HOST);
    private static final Column KEYS =
            FixedColumn.ofLongs(LongStream.range(0, ROWS).map(row -> 7 * row).toArray());

    @AfterAll
    static void close() {
        HOST.close();
    }

    @ParameterizedTest
    @CsvSource({"32, 16", "32, 21", "64, 16", "8, 32"})
    void rowsThatShareABandAreFoundInTheOrderOfTheirLikeness(int bits, int bands) {
        VectorColumn vectors = vectors(bits);
        VectorIndexSpec spec = spec(bits, "mh_lsh_band", Integer.toString(bands));
        MemoryOutput out = new MemoryOutput();
        IndexExtent extent = INDEXES.build(spec, vectors, KEYS, out, Progress.NONE);
        Map<String, String> params = spec.checkSearch(Map.of("mh_search_with_jaccard", "true"), FAMILY);
        int found = 0;
        int wanted = 0;
        for (int row = 1; row < ROWS; row += 37) {
            if (vectors.isNull(row)) {
                continue;
            }
            IndexQuery query = new IndexQuery(Indexes.queryOf(vectors, row), FAMILY, null, params);
            RowSet present = RowSet.present(vectors.validity(), ROWS);
            Hits exact = INDEXES.exact(
                    spec.metric(), vectors, KEYS, new IndexQuery(query.vector(), FAMILY, present, params));
            Hits hits = search(spec, extent, out.bytes(), query);
            assertThat(hits.rows()).isNotEmpty();
            assertThat(hits.rows()[0] / FAMILY).isEqualTo(row / FAMILY);
            for (int i = 0; i < hits.rows().length; i++) {
                assertThat(((FixedColumn) hits.keys()).longAt(i)).isEqualTo(7L * hits.rows()[i]);
                assertThat(hits.scores()[i]).isPositive();
                assertThat(i == 0 || hits.scores()[i] <= hits.scores()[i - 1]).isTrue();
                found += hits.rows()[i] / FAMILY == row / FAMILY ? 1 : 0;
            }
            for (int i = 0; i < exact.rows().length; i++) {
                wanted += exact.rows()[i] / FAMILY == row / FAMILY ? 1 : 0;
            }
            // Far fewer rows are compared than there are.
            assertThat(hits.rowsScanned()).isLessThan(bits == 8 ? ROWS / 2 : ROWS / 20);
        }
        assertThat((double) found / wanted).isGreaterThan(0.95);
    }

    @Test
    void withoutTheLikenessAllThatShareABandScoreOneByTheIndexAndByAScan() {
        VectorColumn vectors = vectors(32);
        VectorIndexSpec spec = spec(32, "mh_lsh_band", "16");
        MemoryOutput out = new MemoryOutput();
        IndexExtent extent = INDEXES.build(spec, vectors, KEYS, out, Progress.NONE);
        RowSet present = RowSet.present(vectors.validity(), ROWS);
        IndexQuery query = new IndexQuery(Indexes.queryOf(vectors, 23), ROWS, present, params(spec, ROWS));
        Hits hits = search(spec, extent, out.bytes(), query);
        assertThat(hits.rows()).hasSizeGreaterThan(3).contains(23);
        assertThat(hits.scores()).containsOnly(1f);
        Hits exact = INDEXES.exact(spec.metric(), vectors, KEYS, query);
        assertThat(exact.rows()).containsExactlyInAnyOrder(hits.rows());
        assertThat(exact.scores()).containsOnly(1f);
    }

    @Test
    void oneBandIsTheWholeSignatureAndFindsWhatIsEqual() {
        VectorColumn vectors = vectors(32);
        VectorIndexSpec spec = spec(32);
        MemoryOutput out = new MemoryOutput();
        IndexExtent extent = INDEXES.build(spec, vectors, KEYS, out, Progress.NONE);
        Hits hits = search(
                spec, extent, out.bytes(), new IndexQuery(Indexes.queryOf(vectors, 11), 5, null, params(spec, 5)));
        assertThat(hits.rows()).containsExactly(11);
        assertThat(hits.scores()).containsExactly(1);
        byte[] nobodys = new byte[ELEMENTS * 4];
        assertThat(search(
                                spec,
                                extent,
                                out.bytes(),
                                new IndexQuery(new QueryVector.Bits(nobodys), 5, null, params(spec, 5)))
                        .rows())
                .isEmpty();
    }

    @Test
    void filtersAndTheNumberOfRowsToCompareAreKept() {
        VectorColumn vectors = vectors(32);
        VectorIndexSpec spec = spec(32, "mh_lsh_band", "32");
        Column texts = BytesColumn.of(
                DataType.VARCHAR,
                IntStream.range(0, ROWS).mapToObj(row -> "key" + row).toList());
        MemoryOutput out = new MemoryOutput();
        IndexExtent extent = INDEXES.build(spec, vectors, texts, out, Progress.NONE);
        RowSet some = RowSet.none(ROWS);
        IntStream.of(21, 23, 25, 700).forEach(some::add);
        Hits allowed = search(
                spec, extent, out.bytes(), new IndexQuery(Indexes.queryOf(vectors, 22), 9, some, params(spec, 9)));
        assertThat(allowed.rows()).containsExactlyInAnyOrder(21, 23, 25);
        assertThat(((BytesColumn) allowed.keys()).textAt(0)).isEqualTo("key" + allowed.rows()[0]);
        Map<String, String> few = spec.checkSearch(Map.of("refine_k", "4", "mh_search_with_jaccard", "True"), 3);
        Hits compared = search(spec, extent, out.bytes(), new IndexQuery(Indexes.queryOf(vectors, 22), 3, null, few));
        assertThat(compared.rowsScanned()).isEqualTo(4);
        assertThat(compared.rows()).hasSize(3);
        assertThatThrownBy(() -> BandHead.read(spec, new ByteRange(0, 64), out.bytes()))
                .isInstanceOf(Corrupt.class)
                .hasMessageContaining("index of signatures: magic");
    }

    @Test
    void columnsOfNullsAndOfOneSignatureHaveIndexes() {
        VectorIndexSpec spec = spec(32, "mh_lsh_band", "4");
        MemorySegment values = Column.allocate((long) ROWS * ELEMENTS * 4);
        MemoryOutput nothing = new MemoryOutput();
        VectorColumn nulls =
                new VectorColumn(DataType.BINARY_VECTOR, ELEMENTS * 32, ROWS, values, Validity.of(new boolean[ROWS]));
        IndexExtent empty = INDEXES.build(spec, nulls, KEYS, nothing, Progress.NONE);
        QueryVector zeros = new QueryVector.Bits(new byte[ELEMENTS * 4]);
        IndexQuery query = new IndexQuery(zeros, 100, null, params(spec, 100));
        assertThat(search(spec, empty, nothing.bytes(), query).rows()).isEmpty();
        MemoryOutput out = new MemoryOutput();
        VectorColumn equal = new VectorColumn(DataType.BINARY_VECTOR, ELEMENTS * 32, ROWS, values, Validity.all());
        IndexExtent extent = INDEXES.build(spec, equal, KEYS, out, Progress.NONE);
        assertThat(search(spec, extent, out.bytes(), query).rows())
                .isEqualTo(IntStream.range(0, 100).toArray());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mh_lsh_band=0 | param 'mh_lsh_band' (0) should be in range [1, 2147483647]",
                "mh_element_bit_width=4 | param 'mh_element_bit_width' (4) should be in range [8, 256]",
                "mh_element_bit_width=24 | expected a multiple of 8 that divides the dimension 2048, found 24",
                "mh_lsh_aligned_block_size=100 | param 'mh_lsh_aligned_block_size' (100) should be in range [4096,",
                "mh_lsh_bloom_false_positive_prob=2 | param 'mh_lsh_bloom_false_positive_prob' (2)",
                "with_raw_data=perhaps | param 'with_raw_data' (perhaps) should be a boolean",
                "metric_type=JACCARD | supported: [MHJACCARD]"
            })
    void parametersThatBreakARuleAreRefused(String param, String message) {
        String[] parts = param.split("=");
        assertThatThrownBy(() -> spec(32, parts[0], parts[1]))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining(message);
    }

    @Test
    void searchParametersThatBreakARuleAreRefused() {
        assertThatThrownBy(() -> spec(32).checkSearch(Map.of("refine_k", "0"), 3))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("param 'refine_k' (0) should be in range [1,");
        assertThatThrownBy(() -> spec(32).checkSearch(Map.of("mh_search_with_jaccard", "often"), 3))
                .hasMessageContaining("param 'mh_search_with_jaccard' (often) should be a boolean");
    }

    private static Map<String, String> params(VectorIndexSpec spec, int k) {
        return spec.checkSearch(Map.of(), k);
    }

    /** Searches over memory that holds nothing but what each stage asked for. */
    private static Hits search(VectorIndexSpec spec, IndexExtent extent, MemorySegment object, IndexQuery query) {
        Step step = INDEXES.start(spec, extent, query);
        while (step instanceof Step.Stage stage) {
            MemorySegment present = Column.allocate(object.byteSize());
            for (ByteRange range : stage.needs()) {
                MemorySegment.copy(object, range.offset(), present, range.offset(), range.length());
            }
            step = stage.run(present);
        }
        return ((Step.Done) step).hits();
    }

    private static VectorIndexSpec spec(int bits, String... more) {
        Map<String, String> params = new HashMap<>(Map.of(
                "index_type",
                "MINHASH_LSH",
                "metric_type",
                "MHJACCARD",
                "mh_element_bit_width",
                Integer.toString(bits)));
        for (String[] pair : more.length == 0 ? List.<String[]>of() : List.<String[]>of(more)) {
            params.put(pair[0], pair[1]);
        }
        return VectorIndexSpec.parse(Field.vector(101, "v", DataType.BINARY_VECTOR, ELEMENTS * bits), params);
    }

    /** Families of rows, each of which changes some elements of the family's first; every nineteenth row is null. */
    private static VectorColumn vectors(int bits) {
        int width = ELEMENTS * bits / 8;
        SplittableRandom random = new SplittableRandom(9);
        MemorySegment values = Column.allocate((long) ROWS * width);
        boolean[] valid = new boolean[ROWS];
        byte[] first = new byte[width];
        for (int row = 0; row < ROWS; row++) {
            valid[row] = row % 19 != 0;
            if (row % FAMILY == 0) {
                random.nextBytes(first);
            }
            byte[] signature = first.clone();
            for (int changed = row % FAMILY; changed > 0; changed--) {
                int element = random.nextInt(ELEMENTS);
                signature[element * bits / 8] += 1;
            }
            MemorySegment.copy(MemorySegment.ofArray(signature), 0, values, (long) row * width, width);
        }
        return new VectorColumn(DataType.BINARY_VECTOR, ELEMENTS * bits, ROWS, values, Validity.of(valid));
    }
}
