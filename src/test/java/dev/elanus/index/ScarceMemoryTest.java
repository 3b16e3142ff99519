package dev.elanus.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.column.ByteRange;
import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.Validity;
import dev.elanus.column.VectorColumn;
import dev.elanus.host.MachineHost;
import dev.elanus.host.Paging;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.vector.KernelChoice;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.QueryVector;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches while memory is short. */
class ScarceMemoryTest {
    private static final int ROWS = 3_000;
    private static final int DIMENSION = 64;
    private static final MachineHost HOST = new MachineHost(2);
    private static final Kernels KERNELS = KernelChoice.pick(HOST).kernels();

    @AfterAll
    static void close() {
        HOST.close();
    }

    /** Notes what is to be fetched, as ranges of one object. */
    private static final class Noted implements Paging {
        private final MemorySegment object;
        private final List<ByteRange> fetched = new ArrayList<>();
        private final List<ByteRange> random = new ArrayList<>();

        Noted(MemorySegment object) {
            this.object = object;
        }

        @Override
        public boolean isScarce() {
            return true;
        }

        @Override
        public void expectRandom(MemorySegment bytes) {
            random.add(range(bytes));
        }

        @Override
        public void fetch(MemorySegment bytes) {
            fetched.add(range(bytes));
        }

        private ByteRange range(MemorySegment bytes) {
            return new ByteRange(bytes.address() - object.address(), bytes.byteSize());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AUTOINDEX, ''",
        "IVF_FLAT,  nlist=16",
        "IVF_SQ8,   nlist=16 refine=true refine_type=FP32",
        "IVF_PQ,    nlist=16 m=16 refine=true",
        "SCANN,     nlist=16 with_raw_data=True",
        "HNSW,      M=8 efConstruction=60",
        "DISKANN,   ''"
    })
    void fetchWhatTheyReadAndNothingElseAndFindTheSame(String kind, String params) {
        VectorIndexSpec spec = spec(kind, params);
        VectorColumn vectors = vectors();
        Column keys = FixedColumn.ofLongs(LongStream.range(0, ROWS).toArray());
        MemoryOutput out = new MemoryOutput();
        IndexExtent extent = new Indexes(KERNELS, HOST).build(spec, vectors, keys, out, Progress.NONE);
        MemorySegment object = out.bytes();
        Noted paging = new Noted(object);
        for (int row = 0; row < ROWS; row += 500) {
            IndexQuery query = new IndexQuery(new QueryVector.Floats(vectors.floatsAt(row)), 5, null, Map.of());
            Hits expected = Indexes.finish(new Indexes(KERNELS, HOST).start(spec, extent, query), object);
            List<ByteRange> asked = new ArrayList<>();
            paging.fetched.clear();
            Step step = spec.family() == IndexKind.Family.GRAPH
                    ? new GraphSearch(KERNELS, paging, new VisitedRows.Pool(), spec, extent, query)
                    : new ClusterSearch(KERNELS, paging, spec, extent, query);
            while (step instanceof Step.Stage stage) {
                asked.addAll(stage.needs());
                step = stage.run(object);
            }
            Hits hits = ((Step.Done) step).hits();
            assertThat(hits.rows()).isEqualTo(expected.rows());
            assertThat(hits.scores()).isEqualTo(expected.scores());
            assertThat(paging.fetched)
                    .isNotEmpty()
                    .allSatisfy(fetched -> assertThat(asked).anyMatch(range -> contains(range, fetched)));
            if (kind.equals("AUTOINDEX")) {
                // Of the rows' refinements only those of the nearest are fetched.
                assertThat(paging.fetched.stream().mapToLong(ByteRange::length).sum())
                        .isLessThan(extent.headOffset() / 2);
            }
        }
        assertThat(paging.random)
                .isNotEmpty()
                .allSatisfy(range -> assertThat(range.end()).isLessThanOrEqualTo(object.byteSize()));
    }

    private static boolean contains(ByteRange range, ByteRange inner) {
        return range.offset() <= inner.offset() && inner.end() <= range.end();
    }

    private static VectorIndexSpec spec(String kind, String params) {
        Map<String, String> given = new HashMap<>(Map.of("index_type", kind, "metric_type", "L2"));
        for (String param : params.split(" ")) {
            if (param.contains("=")) {
                given.put(param.substring(0, param.indexOf('=')), param.substring(param.indexOf('=') + 1));
            }
        }
        return VectorIndexSpec.parse(Field.vector(101, "v", DIMENSION), given);
    }

    private static VectorColumn vectors() {
        SplittableRandom random = new SplittableRandom(5);
        MemorySegment values = Column.allocate(4L * ROWS * DIMENSION);
        for (long i = 0; i < (long) ROWS * DIMENSION; i++) {
            values.setAtIndex(Column.FLOAT_LE, i, (float) random.nextGaussian());
        }
        return new VectorColumn(DataType.FLOAT_VECTOR, DIMENSION, ROWS, values, Validity.all());
    }
}
