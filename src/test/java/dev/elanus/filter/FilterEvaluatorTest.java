package dev.elanus.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.column.Columns;
import dev.elanus.column.RowSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FilterEvaluatorTest {
    /** Rows 0 to 3; what differs from row to row is what the tests are about. */
    private static Columns rows(String field, Object... values) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int row = 0; row < values.length; row++) {
            Map<String, Object> one =
                    new HashMap<>(Map.of("id", (long) row, "i16", 0L, "i32", 0L, "d", 0.0, "t", "", "$meta", "{}"));
            one.put(field, values[row]);
            rows.add(one);
        }
        return FilterSamples.columns(rows);
    }

    private static List<Integer> passing(String text, Columns columns) {
        Filter filter = FilterParser.parse(text, Map.of(), FilterSamples.SCHEMA);
        RowSet rows = FilterEvaluator.passing(filter, columns, columns.rowCount());
        return Arrays.stream(rows.toArray()).boxed().toList();
    }

    @Test
    void comparisonsWithNullAreUnknownAndSoIsTheirNegation() {
        Columns columns = rows("i64", 1L, null, 2L, null);
        assertThat(passing("i64 == 1", columns)).containsExactly(0);
        assertThat(passing("i64 != 1", columns)).containsExactly(2);
        assertThat(passing("not (i64 == 1)", columns)).containsExactly(2);
        assertThat(passing("i64 in [1]", columns)).containsExactly(0);
        assertThat(passing("i64 not in [1]", columns)).containsExactly(2);
        assertThat(passing("i64 not in []", columns)).containsExactly(0, 2);
        assertThat(passing("i64 in []", columns)).isEmpty();
        assertThat(passing("i64 is null", columns)).containsExactly(1, 3);
        assertThat(passing("not (i64 is null)", columns)).containsExactly(0, 2);
        assertThat(passing("i64 == 1 or id == 1", columns)).containsExactly(0, 1);
        assertThat(passing("not (i64 == 1 and id > 2)", columns))
                .as("false wins over unknown")
                .containsExactly(0, 1, 2);
    }

    @Test
    void arraysInJsonEqualListsOfTheSameValues() {
        Columns columns = rows("j", "{\"a\":[1,\"x\",[2.0]]}", "{\"a\":[]}", "{\"a\":[{}]}", "{\"a\":1}", "{}", null);
        assertThat(passing("j['a'] == [1.0, 'x', [2]]", columns)).containsExactly(0);
        assertThat(passing("j['a'] != [1, 'x', [2]]", columns)).containsExactly(1, 2);
        assertThat(passing("j['a'] == []", columns)).containsExactly(1);
    }

    @Test
    void fractionsInJsonHaveRemainders() {
        Columns columns = rows("j", "{\"a\":200.0}", "{\"a\":200}", "{\"a\":7.5}", "{\"a\":\"200\"}", "{}");
        assertThat(passing("j['a'] % 100 == 0", columns)).containsExactly(0, 1);
        assertThat(passing("j['a'] % 5 == 2.5", columns)).containsExactly(2);
    }

    @Test
    void jsonOfAnotherKindIsUnknown() {
        Columns columns =
                rows("j", "{\"a\":1}", "{\"a\":\"1\"}", "{\"a\":null}", "{}", "{\"a\":true}", "{\"a\":1.0}", null);
        assertThat(passing("j[\"a\"] == 1", columns)).containsExactly(0, 5);
        assertThat(passing("j[\"a\"] != 2", columns)).containsExactly(0, 5);
        assertThat(passing("j[\"a\"] == \"1\"", columns)).containsExactly(1);
        assertThat(passing("j[\"a\"] == true", columns)).containsExactly(4);
        assertThat(passing("j[\"a\"] not in [2]", columns)).containsExactly(0, 5);
        assertThat(passing("j[\"a\"] in [1, \"1\", true]", columns)).containsExactly(0, 1, 4, 5);
        assertThat(passing("j[\"a\"] is null", columns)).containsExactly(2, 3, 6);
        assertThat(passing("j is null", columns)).containsExactly(6);
        assertThat(passing("exists j[\"a\"]", columns)).containsExactly(0, 1, 4, 5);
        assertThat(passing("j[\"a\"] + 1 == 2", columns)).containsExactly(0, 5);
        assertThat(passing("j[\"a\"] like \"_\"", columns)).containsExactly(1);
    }

    @Test
    void jsonPathsGoThroughObjectsAndArrays() {
        Columns columns = rows(
                "j",
                "{\"a\":[1,{\"b\":[[\"x\"]]}]}",
                "{\"x\":{\"a\":[1]},\"a\":[7,8]}",
                "[1,2]",
                "\"text\"",
                "{\"a/b~\":1, \"a\":{}}");
        assertThat(passing("j[\"a\"][1][\"b\"][0][0] == \"x\"", columns)).containsExactly(0);
        assertThat(passing("j[\"a\"][0] >= 1", columns)).containsExactly(0, 1);
        assertThat(passing("j[1] == 2", columns)).containsExactly(2);
        assertThat(passing("j[99999999999] == 2", columns)).isEmpty();
        assertThat(passing("j == \"text\"", columns)).containsExactly(3);
        assertThat(passing("j[\"a/b~\"] == 1", columns)).containsExactly(4);
        assertThat(passing("exists j[\"a\"]", columns)).containsExactly(0, 1);
    }

    @Test
    void dynamicKeysAreFields() {
        Columns columns =
                rows("$meta", "{\"color\":\"red\"}", "{\"color\":\"blue\",\"size\":3}", "{}", "{\"color\":7}");
        assertThat(passing("color == \"red\"", columns)).containsExactly(0);
        assertThat(passing("color in [\"red\", \"blue\"] and size is null", columns))
                .containsExactly(0);
        assertThat(passing("$meta[\"size\"] > 2", columns)).containsExactly(1);
        assertThat(passing("exists color", columns)).containsExactly(0, 1, 3);
        assertThat(passing("not exists color", columns)).containsExactly(2);
    }

    @Test
    void aFloatFieldFindsWhatFloat32MadeOfALiteral() {
        Columns columns = rows("f", 0.1, 0.2, Double.NaN, null);
        assertThat(passing("f == 0.1", columns)).containsExactly(0);
        assertThat(passing("f in [0.1, 0.2]", columns)).containsExactly(0, 1);
        assertThat(passing("f > 0.1", columns)).containsExactly(1);
        assertThat(passing("f != 0.1", columns)).containsExactly(1, 2);
        assertThat(passing("0.1 <= f < 0.2", columns)).containsExactly(0);
    }

    @Test
    void constantsBeyondAFieldsRangeAreAlwaysGreaterOrSmaller() {
        Columns columns = rows("i8", -128L, 0L, 127L, null);
        assertThat(passing("i8 < 1000", columns)).containsExactly(0, 1, 2);
        assertThat(passing("i8 > 1000", columns)).isEmpty();
        assertThat(passing("i8 != -1000", columns)).containsExactly(0, 1, 2);
        assertThat(passing("i8 >= -9223372036854775808", columns)).containsExactly(0, 1, 2);
        assertThat(passing("i8 < -9223372036854775808", columns)).isEmpty();
        assertThat(passing("i8 > 9223372036854775807", columns)).isEmpty();
    }

    @Test
    void integersDivideLikeIntegers() {
        Columns columns = rows("i32", 7L, -7L, 0L, 8L);
        assertThat(passing("i32 / 2 == 3", columns)).containsExactly(0);
        assertThat(passing("i32 / 2 == -3", columns)).containsExactly(1);
        assertThat(passing("i32 % 2 == -1", columns)).containsExactly(1);
        assertThat(passing("i32 / 2.0 == 3.5", columns)).containsExactly(0);
        assertThat(passing("100 / i32 > 0", columns))
                .as("a division by zero is unknown")
                .containsExactly(0, 3);
        assertThat(passing("2 * i32 + 0 == 14 or 1 + i32 == 9".replace(" + 0", ""), columns))
                .containsExactly(0, 3);
    }

    @Test
    void textsAreOrderedByTheirBytes() {
        Columns columns = rows("s", "a", "b", "\uff5e", "\ud835\udefc");
        assertThat(passing("s > \"a\"", columns)).containsExactly(1, 2, 3);
        assertThat(passing("s > \"\uff5e\"", columns))
                .as("code points, not chars")
                .containsExactly(3);
        assertThat(passing("\"a\" <= s < \"c\"", columns)).containsExactly(0, 1);
        assertThat(passing("s > t", columns)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void boolsAreComparedWithBools() {
        Columns columns = rows("flag", true, false, null);
        assertThat(passing("flag == true", columns)).containsExactly(0);
        assertThat(passing("flag != TRUE", columns)).containsExactly(1);
        assertThat(passing("flag in [true, false]", columns)).containsExactly(0, 1);
    }

    @Test
    void aListOfAHundredThousandKeysIsFine() {
        int count = 100_000;
        String text = IntStream.range(0, count)
                .mapToObj(i -> Long.toString(3L * i))
                .collect(Collectors.joining(",", "id in [", "]"));
        Filter filter = FilterParser.parse(text, Map.of(), FilterSamples.SCHEMA);
        assertThat(FilterKeys.of(filter, FilterSamples.SCHEMA).orElseThrow().rowCount())
                .isEqualTo(count);
        assertThat(passing(text, rows("t", "", "", "", "", "", "", ""))).containsExactly(0, 3, 6);
    }

    @Test
    void noRowsAreNoProblem() {
        assertThat(passing("s == \"a\" and j[\"a\"] == 1 and f > 1 and id in [1] and s like \"a\"", rows("s")))
                .isEmpty();
    }
}
