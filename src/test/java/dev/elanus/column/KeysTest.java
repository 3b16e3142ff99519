package dev.elanus.column;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.schema.DataType;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeysTest {
    @Test
    void integerKeysSortAndEqualOnesKeepTheirOrder() {
        long[] keys = new SplittableRandom(1).longs(1_001, -50, 50).toArray();
        int[] expected = IntStream.range(0, keys.length)
                .boxed()
                .sorted(Comparator.comparingLong(row -> keys[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        assertThat(Keys.sortedOrder(FixedColumn.ofLongs(keys))).containsExactly(expected);
    }

    @Test
    void textKeysSortByTheirBytes() {
        BytesColumn keys = BytesColumn.of(DataType.VARCHAR, List.of("b", "é", "", "ab", "a", "z"));
        List<String> sorted =
                Arrays.stream(Keys.sortedOrder(keys)).mapToObj(keys::textAt).toList();
        assertThat(sorted).containsExactly("", "a", "ab", "b", "z", "é");
    }

    @Test
    void lowerBoundFindsTheFirstOfEqualKeys() {
        FixedColumn sorted = FixedColumn.ofLongs(new long[] {1, 3, 3, 3, 7});
        FixedColumn sought = FixedColumn.ofLongs(new long[] {0, 3, 4, 8});
        int[] found = IntStream.range(0, 4)
                .map(row -> Keys.lowerBound(sorted, null, sought, row))
                .toArray();
        assertThat(found).containsExactly(0, 1, 4, 5);
    }
}
