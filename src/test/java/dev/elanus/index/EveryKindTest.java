package dev.elanus.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.RowSet;
import dev.elanus.column.Validity;
import dev.elanus.column.VectorColumn;
import dev.elanus.column.VectorElements;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.vector.KernelChoice;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind that has an object, over every type of dense vector that it takes and by every metric, against an exact scan. */
class EveryKindTest {
    private static final int ROWS = 2_000;
    private static final int DIMENSION = 32;
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
        "IVF_FLAT,  FLOAT16_VECTOR,  L2,     nlist=16",
        "IVF_FLAT,  BFLOAT16_VECTOR, COSINE, nlist=16",
        "IVF_SQ8,   FLOAT16_VECTOR,  IP,     nlist=16",
        "IVF_PQ,    FLOAT_VECTOR,    L2,     nlist=16 m=16",
        "IVF_PQ,    FLOAT_VECTOR,    COSINE, nlist=16 m=8 nbits=6 refine=true",
        "IVF_PQ,    BFLOAT16_VECTOR, IP,     nlist=16 m=32 nbits=12",
        "IVF_RABITQ,FLOAT_VECTOR,    L2,     nlist=16 refine=true refine_type=SQ8",
        "SCANN,     FLOAT_VECTOR,    COSINE, nlist=16 with_raw_data=True",
        "SCANN,     FLOAT16_VECTOR,  L2,     nlist=16 sub_dim=1 with_raw_data=False",
        "HNSW,      INT8_VECTOR,     L2,     M=8 efConstruction=60",
        "HNSW,      FLOAT16_VECTOR,  COSINE, M=8 efConstruction=60",
        "HNSW_SQ,   FLOAT_VECTOR,    IP,     M=8 efConstruction=60 sq_type=SQ6 refine=true",
        "HNSW_PQ,   FLOAT_VECTOR,    L2,     M=8 efConstruction=60 m=16",
        "HNSW_PRQ,  INT8_VECTOR,     COSINE, M=8 efConstruction=60 m=8 nrq=2",
        "DISKANN,   BFLOAT16_VECTOR, IP,     ''",
        "AUTOINDEX, INT8_VECTOR,     COSINE, ''",
        "AUTOINDEX, FLOAT16_VECTOR,  L2,     ''",
        "GPU_IVF_FLAT, FLOAT_VECTOR, L2,     nlist=16",
        "GPU_IVF_PQ,   FLOAT_VECTOR, IP,     nlist=16 m=0",
        "GPU_CAGRA,    INT8_VECTOR,  L2,     graph_degree=16 intermediate_graph_degree=60",
        "HNSW,         BINARY_VECTOR, HAMMING, M=8 efConstruction=60",
        "HNSW,         BINARY_VECTOR, JACCARD, M=8 efConstruction=60",
        "GPU_CAGRA,    BINARY_VECTOR, HAMMING, graph_degree=16 intermediate_graph_degree=60",
        "BIN_IVF_FLAT, BINARY_VECTOR, HAMMING, nlist=16",
        "BIN_IVF_FLAT, BINARY_VECTOR, JACCARD, nlist=16",
        "AUTOINDEX,    BINARY_VECTOR, JACCARD, ''"
    })
    void findsWhatAScanFindsWithFiltersAndNulls(String kind, DataType type, String metric, String params) {
        VectorIndexSpec spec = spec(kind, type, metric, params);
        VectorColumn vectors = vectors(type);
        MemoryOutput out = new MemoryOutput();
        IndexExtent extent = INDEXES.build(spec, vectors, KEYS, out, Progress.NONE);
        assertThat(INDEXES.recall(spec, extent, out.bytes(), vectors, KEYS, 20)).isGreaterThan(0.5);
        RowSet present = RowSet.present(vectors.validity(), ROWS);
        RowSet some = present.copy();
        for (int row = 0; row < ROWS; row += 2) {
            some.remove(row);
        }
        for (RowSet allowed : new RowSet[] {present, some}) {
            int found = 0;
            int wanted = 0;
            for (int row = 1; row < ROWS; row += 97) {
                if (vectors.isNull(row)) {
                    continue;
                }
                IndexQuery exactly = new IndexQuery(Indexes.queryOf(vectors, row), 10, allowed, Map.of());
                Hits exact = INDEXES.exact(spec.metric(), vectors, KEYS, exactly);
                Map<String, String> wide = spec.checkSearch(
                        Map.of("nprobe", "16", "ef", "200", "search_list", "200", "refine_k", "4"), 10);
                Hits hits = Indexes.finish(
                        INDEXES.start(spec, extent, new IndexQuery(Indexes.queryOf(vectors, row), 10, allowed, wide)),
                        out.bytes());
                Set<Long> keys = new HashSet<>();
                for (int i = 0; i < hits.rows().length; i++) {
                    assertThat(allowed.contains(hits.rows()[i])).isTrue();
                    assertThat(((FixedColumn) hits.keys()).longAt(i)).isEqualTo(hits.rows()[i]);
                    keys.add((long) hits.rows()[i]);
                }
                // Bits are often equally far: who is as near as the last one counts.
                float last = spec.metric().toDistance(exact.scores()[exact.scores().length - 1]);
                for (float score : hits.scores()) {
                    found += spec.metric().toDistance(score) <= last + 1e-4f * Math.abs(last) + 1e-5f ? 1 : 0;
                }
                assertThat(keys).hasSameSizeAs(hits.rows());
                wanted += exact.rows().length;
            }
            boolean isCoarse = spec.kind() == IndexKind.IVF_PQ || params.contains("with_raw_data=False");
            assertThat((double) found / wanted)
                    .as("recall with %s", allowed.cardinality())
                    .isGreaterThan(isCoarse ? 0.5 : 0.95);
        }
    }

    private static VectorIndexSpec spec(String kind, DataType type, String metric, String params) {
        Map<String, String> given = new HashMap<>(Map.of("index_type", kind, "metric_type", metric));
        for (String param : params.split(" ")) {
            if (param.contains("=")) {
                given.put(param.substring(0, param.indexOf('=')), param.substring(param.indexOf('=') + 1));
            }
        }
        return VectorIndexSpec.parse(Field.vector(101, "v", type, DIMENSION), given);
    }

    /** Rows around forty places, every thirteenth null. */
    private static VectorColumn vectors(DataType type) {
        SplittableRandom random = new SplittableRandom(11);
        float[][] places = new float[40][DIMENSION];
        for (float[] place : places) {
            for (int i = 0; i < DIMENSION; i++) {
                place[i] = (float) random.nextDouble(-1, 1);
            }
        }
        int width = type.vectorBytes(DIMENSION);
        MemorySegment values = Column.allocate((long) ROWS * width);
        boolean[] valid = new boolean[ROWS];
        for (int row = 0; row < ROWS; row++) {
            valid[row] = row % 13 != 0;
            float[] place = places[random.nextInt(places.length)];
            float[] vector = new float[DIMENSION];
            for (int i = 0; i < DIMENSION; i++) {
                vector[i] = place[i] + (float) random.nextGaussian() * 0.3f;
            }
            if (valid[row]) {
                put(type, vector, values, (long) row * width);
            }
        }
        return new VectorColumn(type, DIMENSION, ROWS, values, Validity.of(valid));
    }

    private static void put(DataType type, float[] vector, MemorySegment values, long at) {
        for (int i = 0; i < DIMENSION; i++) {
            if (type == DataType.INT8_VECTOR) {
                values.set(ValueLayout.JAVA_BYTE, at + i, (byte) Math.clamp(Math.round(vector[i] * 60), -128, 127));
            } else if (type == DataType.BINARY_VECTOR && vector[i] > 0) {
                byte before = values.get(ValueLayout.JAVA_BYTE, at + (i >>> 3));
                values.set(ValueLayout.JAVA_BYTE, at + (i >>> 3), (byte) (before | 0x80 >>> (i & 7)));
            }
        }
        if (type != DataType.INT8_VECTOR && type != DataType.BINARY_VECTOR) {
            VectorElements.write(type, vector, values, at);
        }
    }
}
