package dev.elanus.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.column.ColumnStatistics;
import dev.elanus.column.Columns;
import dev.elanus.column.RowSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Compares parser and evaluator with {@link RandomFilter}, which says of single rows what its text means. {@code -Dinputs=1000000} makes it long. */
class FilterFuzzTest {
    private static final int FILTERS = 20;
    private static final int ROUNDS = Integer.getInteger("inputs", 20_000) / FILTERS;
    private static final int ROWS = 24;

    @Test
    void theEvaluatorAgreesWithAPlainInterpreterRowByRow() {
        long seed = Long.getLong("seed", 20261125);
        System.out.println("seed " + seed + ", inputs " + ROUNDS * FILTERS);
        SplittableRandom random = new SplittableRandom(seed);
        int passed = 0;
        int pruned = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<Map<String, Object>> rows = rows(random);
            Columns columns = FilterSamples.columns(rows);
            Map<Integer, ColumnStatistics> statistics = new HashMap<>();
            columns.byFieldId().forEach((id, column) -> statistics.put(id, ColumnStatistics.of(column)));
            for (int i = 0; i < FILTERS; i++) {
                RandomFilter expected = RandomFilter.next(random, 3);
                Filter filter = FilterParser.parse(expected.text(), Map.of(), FilterSamples.SCHEMA);
                RowSet found = FilterEvaluator.passing(filter, columns, ROWS);
                for (int row = 0; row < ROWS; row++) {
                    Boolean wanted = expected.meaning().apply(rows.get(row));
                    if (found.contains(row) != Boolean.TRUE.equals(wanted)) {
                        throw new AssertionError(expected.text() + " of " + rows.get(row) + ": expected " + wanted);
                    }
                }
                passed += found.cardinality();
                if (!FilterStatistics.mayPass(filter, statistics)) {
                    pruned++;
                    assertThat(found.cardinality())
                            .as("pruned: %s", expected.text())
                            .isZero();
                }
                if (FilterConstants.isAlwaysTrue(filter)) {
                    assertThat(found.cardinality()).isEqualTo(ROWS);
                }
            }
        }
        assertThat(passed).as("filters are not all empty").isGreaterThan(ROUNDS * (FILTERS * ROWS / 20));
        assertThat(pruned).as("statistics rule something out").isGreaterThan(100);
    }

    static List<Map<String, Object>> rows(SplittableRandom random) {
        List<Map<String, Object>> rows = new ArrayList<>();
        int spread = random.nextInt(1, 6);
        for (int i = 0; i < ROWS; i++) {
            Map<String, Object> row = new HashMap<>();
            row.put("id", (long) random.nextInt(-5, 6));
            row.put("flag", orNull(random, random.nextBoolean()));
            row.put("i8", orNull(random, (long) random.nextInt(-spread, spread + 1)));
            row.put("i16", (long) random.nextInt(-spread, spread + 1));
            row.put("i32", random.nextInt(20) == 0 ? Integer.MIN_VALUE : (long) random.nextInt(-5, 6));
            row.put("i64", orNull(random, random.nextInt(20) == 0 ? Long.MAX_VALUE : (long) random.nextInt(-5, 6)));
            row.put(
                    "f",
                    orNull(
                            random,
                            random.nextInt(30) == 0 ? Double.NaN : (double) (float) (random.nextInt(-5, 6) * 0.1)));
            row.put("d", random.nextInt(30) == 0 ? Double.NaN : random.nextInt(-5, 6) * 0.5);
            row.put("s", orNull(random, RandomFilter.text(random)));
            row.put("t", RandomFilter.text(random));
            row.put("ts", orNull(random, RandomTimes.micros(RandomTimes.time(random))));
            row.put("j", orNull(random, RandomFilter.json(random, 2)));
            row.put(
                    "$meta",
                    "{\"color\":" + RandomFilter.json(random, 1) + ",\"size\":" + RandomFilter.json(random, 0) + "}");
            rows.add(row);
        }
        return rows;
    }

    private static Object orNull(SplittableRandom random, Object value) {
        return random.nextInt(5) == 0 ? null : value;
    }
}
