package dev.elanus.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.DatabaseException;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarIndexSpecTest {
    @ParameterizedTest
    @CsvSource({
        "VARCHAR, Trie, Trie",
        "VARCHAR, TRIE, Trie",
        "VARCHAR, marisa-trie, Trie",
        "INT64, Asceneding, STL_SORT",
        "INT8, STL_SORT, STL_SORT",
        "BOOL, BITMAP, BITMAP",
        "DOUBLE, INVERTED, INVERTED",
        "FLOAT, '', AUTOINDEX"
    })
    void everyNameIsTaken(DataType type, String name, String described) {
        ScalarIndexSpec spec =
                ScalarIndexSpec.parse(Field.scalar(100, "f", type), Map.of("index_type", name, "metric_type", "L2"));
        assertThat(spec.params()).isEqualTo(Map.of("index_type", described));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FLOAT | index_type=BITMAP | bitmap index are only supported on bool, int, string and array field",
                "BOOL | index_type=STL_SORT | STL_SORT are only supported on numeric, varchar or timestamptz field, got Bool",
                "INT64 | index_type=Trie | TRIE are only supported on varchar field",
                "INT64 | index_type=HNSW | data type Int64 can't build with this index HNSW",
                "INT64 | index_type=FANCY | invalid parameter[expected=valid index][actual=invalid index type: FANCY]",
                "JSON | index_type=INVERTED | json index must specify cast type: missing parameter",
                "JSON | index_type=INVERTED,json_cast_type=INT | json_cast_type INT is not supported",
                "JSON | index_type=INVERTED,json_cast_type=DOUBLE,json_cast_function=STRING_TO_INT | json_cast_function STRING_TO_INT is not supported",
                "JSON | index_type=INVERTED,json_cast_type=ARRAY_DOUBLE,json_cast_function=STRING_TO_DOUBLE | json_cast_function STRING_TO_DOUBLE is not supported for json_cast_type ARRAY_DOUBLE",
                "JSON | index_type=INVERTED,json_cast_type=BOOL,json_path=g | fieldID not match with field name: json_path g: expected a path in f",
                "JSON | index_type=INVERTED,json_cast_type=BOOL,json_path=1 | cannot parse identifier: 1",
                "JSON | index_type=INVERTED,json_cast_type=BOOL,json_path=1.0 | cannot parse identifier: 1.0",
                "JSON | index_type=INVERTED,json_cast_type=BOOL,json_path=/ | cannot parse identifier: /",
                "JSON | index_type=INVERTED,json_cast_type=BOOL,json_path=f[a] | cannot parse identifier: f[a], error: json_path f[a]: expected a key in quotes and brackets at offset 1",
                "JSON | index_type=NGRAM,min_gram=2,max_gram=3 | JSON field with ngram index must specify json_cast_type",
                "JSON | index_type=NGRAM,min_gram=2,max_gram=3,json_cast_type=double | JSON field with ngram index only supports VARCHAR cast type, got: DOUBLE",
                "VARCHAR | index_type=NGRAM,min_gram=2 | Ngram index must specify both min_gram and max_gram",
                "VARCHAR | index_type=NGRAM,min_gram=a,max_gram=3 | min_gram for Ngram index must be an integer, got: a",
                "VARCHAR | index_type=NGRAM,min_gram=3,max_gram=2 | invalid min_gram or max_gram value for Ngram index, min_gram: 3, max_gram: 2",
                "VARCHAR | index_type=RTREE | RTREE index can only be built on geometry field, got VarChar"
            })
    void wrongParametersAreRefusedInMilvussWords(DataType type, String params, String message) {
        Map<String, String> given = new HashMap<>();
        for (String param : params.split(",")) {
            given.put(param.split("=")[0], param.split("=")[1]);
        }
        assertThatThrownBy(() -> ScalarIndexSpec.parse(Field.scalar(100, "f", type), given))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aDynamicKeyIsAPathUnlessItIsNoName() {
        Field dynamic = Field.scalar(100, "$meta", DataType.JSON).with(dev.elanus.schema.Trait.DYNAMIC);
        assertThat(ScalarIndexSpec.parse(dynamic, Map.of("json_cast_type", " Json ", "json_path", "color['a']"))
                        .path())
                .isEqualTo(List.of("color", "a"));
        assertThatThrownBy(() -> ScalarIndexSpec.parse(dynamic, Map.of("json_cast_type", "JSON", "json_path", "1")))
                .hasMessage("cannot parse identifier: 1");
    }

    @Test
    void aJsonPathIsReadAsInFilters() {
        Field json = Field.scalar(100, "j", DataType.JSON);
        ScalarIndexSpec spec = ScalarIndexSpec.parse(
                json,
                Map.of(
                        "index_type",
                        "INVERTED",
                        "params",
                        "{\"json_path\":\"j[\\\"a]\\\"]['b'][0]\",\"json_cast_type\":\"varchar\"}"));
        assertThat(spec.path()).isEqualTo(List.of("a]", "b", "0"));
        assertThat(spec.cast()).isEqualTo(ScalarIndexSpec.Cast.VARCHAR);
    }
}
