package dev.elanus.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.column.Columns;
import dev.elanus.host.MachineHost;
import dev.elanus.index.IndexExtent;
import dev.elanus.index.IndexSpec;
import dev.elanus.index.Indexes;
import dev.elanus.index.MemoryOutput;
import dev.elanus.index.Progress;
import dev.elanus.index.ScalarIndexSpec;
import dev.elanus.vector.KernelChoice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberCastsTest {
    private static final ScalarIndexSpec SPEC = (ScalarIndexSpec) IndexSpec.parse(
            FilterSamples.J,
            Map.of("json_path", "j['a']", "json_cast_type", "DOUBLE", "json_cast_function", "string_to_double"));
    private static final LookupTarget TARGET = SPEC.target(FilterSamples.J);

    private static final Columns ROWS = FilterSamples.columns(Stream.of(
                    "1", "\"1.0\"", "\" 1e0x\"", "2.5", "\"2.5\"", "\"x1\"", "true", "null", "[1]")
            .map(value -> {
                Map<String, Object> row = new HashMap<>(Map.of("j", "{\"a\":" + value + ",\"b\":\"1\"}"));
                row.putAll(Map.of("id", 1L, "i16", 1L, "i32", 1L, "d", 1.0, "t", "", "$meta", "{}"));
                return row;
            })
            .toList());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "j['a'] == 1 | 0,1,2",
                "j['a'] != 1 | 3,4",
                "j['a'] in [2.5, 7] | 3,4",
                "not (j['a'] > 1) | 0,1,2",
                "1 <= j['a'] < 3 and id == 1 | 0,1,2,3,4",
                "j['a'] == \"1.0\" | 1",
                "j['a'] like \"x%\" | 5",
                "j['b'] == 1 | ``"
            })
    void textsAreNumbersWhereTheIndexSaysSoWhetherARowIsIndexedOrNot(String text, String rows) {
        Filter filter = NumberCasts.apply(FilterParser.parse(text, Map.of(), FilterSamples.SCHEMA), Set.of(TARGET));
        int[] expected = Stream.of(rows.split(","))
                .filter(row -> !row.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
        assertThat(FilterEvaluator.passing(filter, ROWS, ROWS.rowCount()).toArray())
                .isEqualTo(expected);
        try (MachineHost host = new MachineHost(1)) {
            MemoryOutput out = new MemoryOutput();
            IndexExtent extent = new Indexes(KernelChoice.pick(host).kernels(), host)
                    .build(SPEC, FilterSamples.J, ROWS.column(FilterSamples.J.id()), out, Progress.NONE);
            ScalarLookup lookup = Indexes.lookup(SPEC, TARGET, extent, out.bytes());
            assertThat(FilterEvaluator.passing(filter, ROWS, Map.of(TARGET, lookup), ROWS.rowCount())
                            .toArray())
                    .isEqualTo(expected);
        }
    }

    @Test
    void aFilterOverPathsWithoutSuchAnIndexStaysAsItIs() {
        Filter filter = FilterParser.parse("j['a'] == 1", Map.of(), FilterSamples.SCHEMA);
        assertThat(NumberCasts.apply(filter, Set.of())).isSameAs(filter);
    }

    @Test
    void aTextIsReadAsFarAsItIsANumber() {
        assertThat(Stream.of("12abc", " -3.5e2", "+.5", "7.", "0x10", "-0x1.8p1", "1e")
                        .map(text -> LeadingNumber.of(text).orElseThrow()))
                .containsExactlyElementsOf(List.of(12.0, -350.0, 0.5, 7.0, 16.0, -3.0, 1.0));
        assertThat(LeadingNumber.of("Infinity")).hasValue(Double.POSITIVE_INFINITY);
        assertThat(LeadingNumber.of("-NAN").orElseThrow()).isNaN();
        assertThat(Stream.of("", "x", "- 1", ".", "1e999").map(LeadingNumber::of))
                .containsOnly(OptionalDouble.empty());
    }
}
