package dev.elanus.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.Invalid;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.vector.Metric;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorIndexSpecTest {
    private static VectorIndexSpec parse(String... given) {
        Map<String, String> params = new HashMap<>();
        for (int i = 0; i < given.length; i += 2) {
            params.put(given[i], given[i + 1]);
        }
        return VectorIndexSpec.parse(Field.vector(101, "v", 8), params);
    }

    @Test
    void nothingGivenIsAutoindexByCosine() {
        assertThat(parse().kind()).isEqualTo(IndexKind.AUTOINDEX);
        assertThat(parse().metric()).isEqualTo(Metric.COSINE);
        assertThat(parse("index_type", "", "metric_type", "l2").metric()).isEqualTo(Metric.L2);
    }

    @Test
    void jsonParamsAreMerged() {
        VectorIndexSpec spec =
                parse("index_type", "HNSW", "metric_type", "IP", "params", "{\"M\": 8, \"efConstruction\": \"64\"}");
        assertThat(spec.param("M", 30)).isEqualTo(8);
        assertThat(spec.param("efConstruction", 360)).isEqualTo(64);
        assertThat(spec.givenParams())
                .isEqualTo(Map.of(
                        "index_type", "HNSW", "metric_type", "IP", "params", "{\"M\": 8, \"efConstruction\": \"64\"}"));
        IndexSpec flat = parse("index_type", "HNSW", "metric_type", "IP", "M", "8", "efConstruction", "64");
        assertThat(flat.givenParams()).isEqualTo(flat.params());
        assertThat(flat.asksTheSame(spec)).isTrue();
        assertThat(flat.asksTheSame(parse("index_type", "HNSW", "metric_type", "IP", "M", "8")))
                .isFalse();
        assertThat(parse("params", " ").params()).doesNotContainKey("params");
        assertThatThrownBy(() -> parse("params", "[1]")).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> parse("params", "{")).isInstanceOf(Invalid.class);
    }

    @Test
    void jsonParamsWithoutMembersAreDescribedUnlessTheyAreOfAutoindex() {
        assertThat(parse("index_type", "FLAT", "metric_type", "L2", "params", "{}")
                        .givenParams())
                .isEqualTo(Map.of("index_type", "FLAT", "metric_type", "L2", "params", "{}"));
        assertThat(parse("params", "{}").givenParams())
                .isEqualTo(Map.of("index_type", "AUTOINDEX", "metric_type", "COSINE"));
        assertThat(parse("params", "{\"index_type\":\"AUTOINDEX\",\"metric_type\":\"L2\"}")
                        .givenParams())
                .isEqualTo(Map.of("index_type", "AUTOINDEX", "metric_type", "L2"));
    }

    @Test
    void jsonParamsHoldBeforeOthersOfTheirName() {
        String[] twice = {
            "index_type", "HNSW", "metric_type", "IP", "M", "8", "params", "{\"index_type\":\"HNSW\",\"M\":9}"
        };
        assertThat(parse(twice).param("M", 30)).isEqualTo(9);
        assertThat(parse(twice).givenParams())
                .isEqualTo(Map.of("index_type", "HNSW", "metric_type", "IP", "params", twice[7]));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FLOAT_VECTOR | IVF_PQ | L2 | | param 'm' not exist in json",
                "FLOAT_VECTOR | IVF_PQ | L2 | m=3 | The dimension of a vector (dim) should be a multiple of the number of subquantizers (m). Dimension: 8, m: 3",
                "FLOAT_VECTOR | IVF_PQ | L2 | m=4 nbits=25 | Out of range in json: param 'nbits' (25) should be in range [1, 24]",
                "FLOAT_VECTOR | IVF_FLAT | L2 | nlist=0 | Out of range in json: param 'nlist' (0) should be in range [1, 65536]",
                "FLOAT_VECTOR | IVF_FLAT | HAMMING | | float vector index does not support metric type: HAMMING",
                "FLOAT_VECTOR | HNSW_SQ | L2 | sq_type=SQ5 | param 'sq_type' (SQ5) should be one of [BF16, FP16, SQ4U, SQ6, SQ8]",
                "FLOAT_VECTOR | HNSW_PRQ | L2 | nrq=17 | Out of range in json: param 'nrq' (17) should be in range [1, 16]",
                "FLOAT_VECTOR | SCANN | L2 | with_raw_data=maybe | Type conflict in json: param 'with_raw_data' (maybe) should be a boolean",
                "FLOAT_VECTOR | SPARSE_WAND | IP | | data type FloatVector can't build with this index SPARSE_WAND",
                "INT8_VECTOR | IVF_FLAT | L2 | | data type Int8Vector can't build with this index IVF_FLAT",
                "INT8_VECTOR | HNSW | JACCARD | | int vector index does not support metric type: JACCARD",
                "BINARY_VECTOR | BIN_FLAT | L2 | | binary vector index does not support metric type: L2",
                "BINARY_VECTOR | HNSW_SQ | HAMMING | | data type BinaryVector can't build with this index HNSW_SQ",
                "BINARY_VECTOR | HNSW | L2 | | binary vector index does not support metric type: L2",
                "BINARY_VECTOR | HNSW | SUBSTRUCTURE | | metric type not found or not supported, supported: [HAMMING JACCARD]: metric type SUBSTRUCTURE does not go with index type HNSW",
                "BINARY_VECTOR | HNSW | HAMMING | M=1 | Out of range in json: param 'M' (1) should be in range [2, 2048]",
                "BINARY_VECTOR | GPU_CAGRA | JACCARD | | metric type not found or not supported, supported: [HAMMING]: metric type JACCARD does not go with index type GPU_CAGRA",
                "SPARSE_FLOAT_VECTOR | SPARSE_WAND | L2 | | only IP&BM25 is the supported metric type for sparse index, found L2",
                "SPARSE_FLOAT_VECTOR | SPARSE_WAND | BM25 | | only BM25 Function output field support BM25 metric type",
                "SPARSE_FLOAT_VECTOR | SPARSE_INVERTED_INDEX | IP | drop_ratio_build=1 | Out of range in json: param 'drop_ratio_build' (1) should be in range [0.0, 1.0)",
                "SPARSE_FLOAT_VECTOR | SPARSE_INVERTED_INDEX | IP | inverted_index_algo=X | param 'inverted_index_algo' (X) should be one of [DAAT_MAXSCORE, DAAT_WAND, TAAT_NAIVE]"
            })
    void parametersThatBreakARuleAreRefusedInMilvussWords(
            DataType type, String kind, String metric, @Nullable String params, String message) {
        Map<String, String> given = new HashMap<>(Map.of("index_type", kind, "metric_type", metric));
        for (String param : params == null ? new String[0] : params.split(" ")) {
            given.put(param.substring(0, param.indexOf('=')), param.substring(param.indexOf('=') + 1));
        }
        Field field = Field.vector(101, "v", type, type == DataType.SPARSE_FLOAT_VECTOR ? 0 : 8);
        assertThatThrownBy(() -> VectorIndexSpec.parse(field, given))
                .isInstanceOf(Invalid.class)
                .hasMessage(message);
    }

    @Test
    void kindsAndMetricsOfNothingAreRefusedInMilvussWords() {
        assertThatThrownBy(() -> parse("index_type", "WRONG", "metric_type", "L2"))
                .isInstanceOf(Invalid.class)
                .hasMessage("invalid parameter[expected=valid index][actual=invalid index type: WRONG]");
        assertThatThrownBy(() -> parse("index_type", "BIN_FLAT", "metric_type", "L2"))
                .hasMessage("data type FloatVector can't build with this index BIN_FLAT");
        assertThatThrownBy(() -> parse("index_type", "FLAT"))
                .hasMessage("metric type not set for vector index: "
                        + "invalid parameter[expected=valid index params][actual=invalid index params]");
        assertThatThrownBy(() -> parse("index_type", "FLAT", "metric_type", "HAMMING"))
                .hasMessage("float vector index does not support metric type: HAMMING");
        assertThatThrownBy(() -> parse("index_type", "AUTOINDEX", "nlist", "10"))
                .hasMessage("only metric type can be passed when use AutoIndex");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IVF_FLAT | nlist | 0 | Out of range in json: param 'nlist' (0) should be in range [1, 65536]",
                "IVF_SQ8 | nlist | 65537 | Out of range in json: param 'nlist' (65537) should be in range [1, 65536]",
                "IVF_FLAT | nlist | x | invalid integer value, key: 'nlist', value: 'x': invalid parameter",
                "IVF_FLAT | nlist | 1.5 | Type conflict in json: param 'nlist' (1.5) should be integer",
                "HNSW | M | 1 | Out of range in json: param 'M' (1) should be in range [2, 2048]",
                "HNSW | M | 2049 | Out of range in json: param 'M' (2049) should be in range [2, 2048]",
                "HNSW | efConstruction | 0 | "
                        + "Out of range in json: param 'efConstruction' (0) should be in range [1, 2147483647]",
                "DISKANN | max_degree | 0 | Out of range in json: param 'max_degree' (0) should be in range [1, 2048]",
                "DISKANN | search_list_size | -1 | "
                        + "Out of range in json: param 'search_list_size' (-1) should be in range [1, 2147483647]",
                "DISKANN | mmap.enabled | true | invalid mmap type params",
            })
    void buildParametersOutOfRangeAreRefused(String kind, String name, String value, String message) {
        assertThatThrownBy(() -> parse("index_type", kind, "metric_type", "L2", name, value))
                .isInstanceOf(Invalid.class)
                .hasMessage(message);
    }

    @Test
    void searchParametersOfTheKindAreKeptAndOthersIgnored() {
        VectorIndexSpec ivf = parse("index_type", "IVF_FLAT", "metric_type", "L2");
        assertThat(ivf.checkSearch(Map.of("nprobe", "7", "ef", "1"), 10)).isEqualTo(Map.of("nprobe", "7"));
        assertThat(ivf.checkSearch(Map.of("params", "{\"nprobe\": 9}"), 10)).isEqualTo(Map.of("nprobe", "9"));
        assertThat(parse().checkSearch(Map.of("nprobe", "x", "level", "3"), 10)).isEmpty();
        assertThatThrownBy(() -> ivf.checkSearch(Map.of("nprobe", "0"), 10))
                .hasMessage("Out of range in json: param 'nprobe' (0) should be in range [1, 65536]");
        VectorIndexSpec hnsw = parse("index_type", "HNSW", "metric_type", "L2");
        assertThat(hnsw.checkSearch(Map.of("ef", "10"), 10)).isEqualTo(Map.of("ef", "10"));
        assertThatThrownBy(() -> hnsw.checkSearch(Map.of("ef", "9"), 10))
                .hasMessage("ef(9) should be larger than k(10)");
        VectorIndexSpec diskann = parse("index_type", "DISKANN", "metric_type", "L2");
        assertThatThrownBy(() -> diskann.checkSearch(Map.of("search_list", "9"), 10))
                .hasMessage("search_list_size(9) should be larger than k(10)");
    }
}
