package dev.elanus.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.RowSet;
import dev.elanus.column.VectorColumn;
import dev.elanus.host.MachineHost;
import dev.elanus.vector.KernelChoice;
import dev.elanus.vector.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Cluster indexes with sketches that version 4 wrote are searched for ever. {@code main} writes the object where it is missing; it is never written again. */
class GoldenSketchesTest {
    private static final String RESOURCE = "/format/v1/autoindex_sketched.index";
    private static final long HEAD_OFFSET = 82_432;
    private static final int ROWS = 1500;
    private static final int DIMENSION = 32;
    private static final VectorIndexSpec SPEC = BuiltIndex.spec(DIMENSION, "AUTOINDEX", "L2");

    @Test
    void indexesThatWereOnceWrittenAreSearched() throws IOException {
        MemorySegment object;
        try (InputStream in = GoldenSketchesTest.class.getResourceAsStream(RESOURCE)) {
            assertThat(in).isNotNull();
            byte[] bytes = in.readAllBytes();
            object = Column.allocate(bytes.length);
            object.copyFrom(MemorySegment.ofArray(bytes));
        }
        IndexExtent extent = new IndexExtent(HEAD_OFFSET, object.byteSize());
        assertThat(ClusterHead.read(SPEC, extent.head(), object).codeKind())
                .isEqualTo(ClusterHead.CodeKind.SKETCHED_INT8_EXACT);
        try (MachineHost host = new MachineHost(1)) {
            Indexes indexes = new Indexes(KernelChoice.pick(host).kernels(), host);
            BuiltIndex index = BuiltIndex.of(indexes, SPEC, extent, object);
            VectorColumn vectors = vectors();
            RowSet fewRows = RowSet.none(ROWS);
            IntStream.range(0, ROWS).filter(row -> row % 50 == 0).forEach(fewRows::add);
            int found = 0;
            for (int row = 0; row < ROWS; row += 70) {
                float[] query = vectors.floatsAt(row);
                query[0] += 0.25f;
                assertThat(index.search(query, 1).rows()).containsExactly(row);
                IndexQuery some = new IndexQuery(query, 5, fewRows, Map.of());
                Hits exact = indexes.exact(Metric.L2, vectors, keys(), some);
                Hits hits = index.search(query, 5, fewRows, Map.of("nprobe", "1000"));
                assertThat(hits.rows()).containsExactly(exact.rows());
                assertThat(hits.scores()).containsExactly(exact.scores());
                assertThat(((FixedColumn) hits.keys()).longAt(0)).isEqualTo(1000L * hits.rows()[0]);
                Hits all = indexes.exact(Metric.L2, vectors, keys(), new IndexQuery(query, 10, null, Map.of()));
                Hits sketched = index.search(query, 10, null, Map.of("nprobe", "1000"));
                found += (int) IntStream.of(sketched.rows())
                        .filter(hit -> IntStream.of(all.rows()).anyMatch(other -> other == hit))
                        .count();
            }
            assertThat(found).isGreaterThan(210);
        }
    }

    /** Bytes by chance: so many dimensions leave no near rows, so that many clusters are read. */
    private static VectorColumn vectors() {
        SplittableRandom random = new SplittableRandom(9);
        float[][] rows = new float[ROWS][DIMENSION];
        for (float[] row : rows) {
            for (int i = 0; i < DIMENSION; i++) {
                row[i] = random.nextInt(200) - 100;
            }
        }
        return VectorColumn.of(rows, DIMENSION);
    }

    private static Column keys() {
        return FixedColumn.ofLongs(
                LongStream.range(0, ROWS).map(row -> 1000 * row).toArray());
    }

    /** Writes the object under the folder given, and prints where its head starts. */
    public static void main(String[] arguments) throws IOException {
        Path path = Path.of(arguments[0] + RESOURCE);
        if (Files.exists(path)) {
            return;
        }
        try (MachineHost host = new MachineHost(1)) {
            Indexes indexes = new Indexes(KernelChoice.pick(host).kernels(), host);
            MemoryOutput out = new MemoryOutput();
            IndexExtent extent = indexes.build(SPEC, vectors(), keys(), out, Progress.NONE);
            System.out.println(
                    ClusterHead.read(SPEC, extent.head(), out.bytes()).codeKind());
            Files.write(path, out.bytes().toArray(ValueLayout.JAVA_BYTE));
            System.out.println("head at " + extent.headOffset());
        }
    }
}
