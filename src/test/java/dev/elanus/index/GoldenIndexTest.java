package dev.elanus.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.RowSet;
import dev.elanus.column.VectorColumn;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.DataType;
import dev.elanus.vector.KernelChoice;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Index objects that version 1 wrote are searched for ever. {@code main} writes those that are missing; those that
 * are there are never written again.
 */
class GoldenIndexTest {
    private static final int ROWS = 90;
    private static final int DIMENSION = 6;

    /** What the objects hold: the kind, the metric, whether keys are text, and whether int8 codes are exact. */
    enum Golden {
        IVF_FLAT(IndexKind.IVF_FLAT, "L2", false, false, 3264),
        IVF_SQ8(IndexKind.IVF_SQ8, "COSINE", true, false, 4288),
        AUTOINDEX(IndexKind.AUTOINDEX, "IP", false, true, 1664),
        AUTOINDEX_REFINED(IndexKind.AUTOINDEX, "L2", false, false, 2752),
        /** Of version 5. */
        AUTOINDEX_REACH(IndexKind.AUTOINDEX, "COSINE", true, false, 3200),
        HNSW(IndexKind.HNSW, "COSINE", false, false, 2176),
        HNSW_BYTES(IndexKind.HNSW, "L2", true, true, 0),
        /** Of version 2, as those above are of version 1. */
        HNSW_2(IndexKind.HNSW, "COSINE", true, false, 2176),
        DISKANN(IndexKind.DISKANN, "IP", false, false, 2176),
        SCANN(IndexKind.SCANN, "COSINE", false, false, 3520),
        IVF_PQ(IndexKind.IVF_PQ, "L2", true, false, 3968);

        final IndexKind kind;
        final String metric;
        final boolean textKeys;
        final boolean bytes;
        final long headOffset;

        Golden(IndexKind kind, String metric, boolean textKeys, boolean bytes, long headOffset) {
            this.kind = kind;
            this.metric = metric;
            this.textKeys = textKeys;
            this.bytes = bytes;
            this.headOffset = headOffset;
        }

        VectorIndexSpec spec() {
            return kind == IndexKind.IVF_PQ
                    ? BuiltIndex.spec(DIMENSION, kind.name(), metric, "m", "3", "refine", "true")
                    : BuiltIndex.spec(DIMENSION, kind.name(), metric);
        }

        VectorColumn vectors() {
            float[][] rows = new float[ROWS][DIMENSION];
            for (int row = 0; row < ROWS; row++) {
                for (int i = 0; i < DIMENSION; i++) {
                    int value = (row * 37 + i * i * 101 + row * i * 13) % 251 - 120;
                    rows[row][i] = bytes ? value : value / 128f + row / 1024f;
                }
            }
            return VectorColumn.of(rows, DIMENSION);
        }

        Column keys() {
            return textKeys
                    ? BytesColumn.of(
                            DataType.VARCHAR,
                            IntStream.range(0, ROWS)
                                    .mapToObj(row -> "key" + row)
                                    .toList())
                    : FixedColumn.ofLongs(
                            LongStream.range(0, ROWS).map(row -> row * 1000).toArray());
        }

        String resource() {
            return "/format/v1/" + name().toLowerCase(java.util.Locale.ROOT) + ".index";
        }
    }

    @ParameterizedTest
    @EnumSource(Golden.class)
    void indexesThatWereOnceWrittenAreSearched(Golden golden) throws IOException {
        MemorySegment object;
        try (InputStream in = GoldenIndexTest.class.getResourceAsStream(golden.resource())) {
            assertThat(in).isNotNull();
            byte[] bytes = in.readAllBytes();
            object = Column.allocate(bytes.length);
            object.copyFrom(MemorySegment.ofArray(bytes));
        }
        try (MachineHost host = new MachineHost(1)) {
            Indexes indexes = new Indexes(KernelChoice.pick(host).kernels(), host);
            IndexExtent extent = new IndexExtent(golden.headOffset, object.byteSize());
            BuiltIndex index = BuiltIndex.of(indexes, golden.spec(), extent, object);
            VectorColumn vectors = golden.vectors();
            for (int row = 0; row < ROWS; row += 7) {
                float[] query = vectors.floatsAt(row);
                query[0] += 0.25f;
                IndexQuery all = new IndexQuery(query, ROWS, RowSet.all(ROWS), Map.of());
                Hits exact = indexes.exact(golden.spec().metric(), vectors, golden.keys(), all);
                Hits hits = index.search(query, ROWS, null, Map.of("nprobe", "65536", "ef", "90", "search_list", "90"));
                assertThat(hits.rows()).containsExactlyInAnyOrder(exact.rows());
                assertThat(hits.scores()).containsExactly(exact.scores(), within(golden.bytes ? 0.05f : 1e-5f));
                for (int i = 0; i < ROWS; i++) {
                    String expected = golden.textKeys ? "key" + hits.rows()[i] : Long.toString(hits.rows()[i] * 1000L);
                    String found = hits.keys() instanceof BytesColumn texts
                            ? texts.textAt(i)
                            : Long.toString(((FixedColumn) hits.keys()).longAt(i));
                    assertThat(found).isEqualTo(expected);
                }
            }
        }
    }

    /** Writes the objects that are missing under the folder given, and prints where their heads start. */
    public static void main(String[] arguments) throws IOException {
        try (MachineHost host = new MachineHost(1)) {
            Indexes indexes = new Indexes(KernelChoice.pick(host).kernels(), host);
            for (Golden golden : Golden.values()) {
                Path path = Path.of(arguments[0] + golden.resource());
                if (Files.exists(path)) {
                    continue;
                }
                MemoryOutput out = new MemoryOutput();
                IndexExtent extent = indexes.build(golden.spec(), golden.vectors(), golden.keys(), out, Progress.NONE);
                Files.createDirectories(path.getParent());
                Files.write(path, out.bytes().toArray(ValueLayout.JAVA_BYTE));
                System.out.println(golden + ": head at " + extent.headOffset());
            }
        }
    }
}
