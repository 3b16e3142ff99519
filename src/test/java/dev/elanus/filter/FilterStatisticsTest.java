package dev.elanus.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.column.ColumnStatistics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilterStatisticsTest {
    private static final Map<Integer, ColumnStatistics> KNOWN = Map.of(
            FilterSamples.I64.id(), new ColumnStatistics(10L, 20L, 3, 100),
            FilterSamples.D.id(), new ColumnStatistics(1.5, 2.5, 0, 100),
            FilterSamples.S.id(), new ColumnStatistics("cat", "dog", 0, 100),
            FilterSamples.FLAG.id(), new ColumnStatistics(1L, 1L, 0, 100),
            FilterSamples.I8.id(), new ColumnStatistics(null, null, 100, 100));

    @Test
    void whatNoRowCanPassIsRuledOut() {
        for (String text : List.of(
                "i64 > 20",
                "i64 < 10",
                "i64 == 9",
                "i64 in [1, 2, 21]",
                "not (i64 >= 10)",
                "30 < i64 < 40",
                "d > 2.5",
                "d == 3",
                "s < \"cat\"",
                "s in [\"ape\", \"fox\"]",
                "flag == false",
                "i8 == 1",
                "i8 not in [1]",
                "i64 == 15 and d > 3",
                "i64 > 20 or d < 1",
                "s is null",
                "1 == 2",
                "i8 is not null")) {
            assertThat(mayPass(text)).as(text).isFalse();
        }
    }

    @Test
    void whatSomeRowMayPassIsNot() {
        for (String text : List.of(
                "i64 >= 20",
                "i64 <= 10",
                "i64 == 15",
                "i64 in [1, 20]",
                "i64 != 15",
                "not (i64 == 15)",
                "i64 is null",
                "i64 is not null",
                "d == 2",
                "not (d < 3)",
                "s like \"x%\"",
                "j[\"a\"] == 1",
                "i32 == 1000000",
                "i64 + 1 == 1000",
                "i64 == i32",
                "i8 is null",
                "flag == true",
                "i64 > 20 or s == \"cow\"",
                "1 == 1")) {
            assertThat(mayPass(text)).as(text).isTrue();
        }
    }

    private static boolean mayPass(String text) {
        return FilterStatistics.mayPass(FilterParser.parse(text, Map.of(), FilterSamples.SCHEMA), KNOWN);
    }
}
