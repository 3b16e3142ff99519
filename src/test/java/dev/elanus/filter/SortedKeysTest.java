package dev.elanus.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Filters over sorted keys, answered by halving and by looking at every row. */
class SortedKeysTest {
    private static void expect(Field key, Column keys, String text) {
        CollectionSchema schema = new CollectionSchema("", List.of(key), false);
        Filter filter = FilterParser.parse(text, Map.of(), schema);
        Columns columns = new Columns(keys.rowCount(), Map.of(key.id(), keys));
        Map<LookupTarget, ScalarLookup> lookups = Map.of(SortedKeys.target(key), new SortedKeys(key, keys));
        assertThat(FilterEvaluator.passing(filter, columns, lookups, keys.rowCount())
                        .toArray())
                .as("%s of %d rows", text, keys.rowCount())
                .isEqualTo(FilterEvaluator.passing(filter, columns, keys.rowCount())
                        .toArray());
    }

    @Test
    void findTheSameRowsAsAScan() {
        SplittableRandom random = new SplittableRandom(4);
        Field number = Field.scalar(100, "id", DataType.INT64).asPrimaryKey(false);
        Field text = Field.varchar(100, "id", 10).asPrimaryKey(false);
        for (int rows : new int[] {0, 1, 2, 63, 64, 65, 127, 128, 129, 500}) {
            long[] sorted = random.longs(rows, 0, Math.max(1, rows)).sorted().toArray();
            Column numbers = FixedColumn.ofLongs(sorted);
            Column texts = BytesColumn.of(
                    DataType.VARCHAR,
                    Arrays.stream(sorted).mapToObj("%04d"::formatted).sorted().toList());
            for (int i : IntStream.range(0, 40)
                    .map(_ -> random.nextInt(-3, rows + 3))
                    .toArray()) {
                int other = random.nextInt(-3, rows + 3);
                for (String operator : List.of("<", "<=", ">", ">=", "==", "!=")) {
                    expect(number, numbers, "id " + operator + " " + i);
                    expect(text, texts, "id " + operator + " '%04d'".formatted(i));
                }
                expect(number, numbers, "id > " + i + " and id <= " + other + " or id in [" + i + ", " + other + "]");
                expect(text, texts, "id like '%%%d%%' and not (id > '%04d')".formatted(Math.abs(i) % 10, other));
            }
        }
    }
}
