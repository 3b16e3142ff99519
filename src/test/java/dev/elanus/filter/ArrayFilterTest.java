package dev.elanus.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.ArrayRow;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.Validity;
import dev.elanus.error.Invalid;
import dev.elanus.host.MachineHost;
import dev.elanus.index.IndexExtent;
import dev.elanus.index.IndexSpec;
import dev.elanus.index.Indexes;
import dev.elanus.index.MemoryOutput;
import dev.elanus.index.Progress;
import dev.elanus.index.ScalarIndexSpec;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.vector.KernelChoice;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters over Array fields, by the columns and by indexes over their elements. */
class ArrayFilterTest {
    private static final Field INTS =
            Field.array(101, "ints", DataType.INT32, 10, 0).asNullable();
    private static final Field FLOATS = Field.array(102, "floats", DataType.FLOAT, 10, 0);
    private static final Field TEXTS = Field.array(103, "texts", DataType.VARCHAR, 10, 10);
    private static final CollectionSchema SCHEMA = new CollectionSchema(
            "", List.of(Field.scalar(100, "id", DataType.INT64).asPrimaryKey(false), INTS, FLOATS, TEXTS), false);
    private static final int ROWS = 4;

    private static final Columns COLUMNS = new Columns(
            ROWS,
            Map.of(
                    101,
                    BytesColumn.of(
                            DataType.ARRAY,
                            new byte[][] {
                                ArrayRow.ofLongs(DataType.INT32, new long[] {1, 2, 2}),
                                ArrayRow.ofLongs(DataType.INT32, new long[] {}),
                                ArrayRow.ofLongs(DataType.INT32, new long[] {3, -1}),
                                new byte[0]
                            },
                            Validity.of(new boolean[] {true, true, true, false})),
                    102,
                    column(
                            ArrayRow.ofDoubles(DataType.FLOAT, new double[] {0.1, 2}),
                            ArrayRow.ofDoubles(DataType.FLOAT, new double[] {}),
                            ArrayRow.ofDoubles(DataType.FLOAT, new double[] {2}),
                            ArrayRow.ofDoubles(DataType.FLOAT, new double[] {-5, 0.1})),
                    103,
                    column(
                            ArrayRow.ofTexts(List.of("a", "bb")),
                            ArrayRow.ofTexts(List.of("bb")),
                            ArrayRow.ofTexts(List.of()),
                            ArrayRow.ofTexts(List.of("", "c", "a")))));

    private static Column column(byte[]... rows) {
        return BytesColumn.of(DataType.ARRAY, rows, Validity.all());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "array_contains(ints, 2) | 0",
                "not array_contains(ints, 2) | 1,2",
                "ARRAY_CONTAINS_ALL(ints, [1, 2]) | 0",
                "array_contains_any(ints, [2, 3]) | 0,2",
                "array_contains_any(ints, []) | ",
                "array_contains_all(ints, []) | 0,1,2",
                "json_contains(floats, 0.1) | 0,3",
                "array_contains(floats, 2) | 0,2",
                "array_contains(texts, 'bb') | 0,1",
                "array_contains_all(texts, ['a', 'c']) | 3",
                "array_length(ints) == 2 | 2",
                "array_length(texts) < 2 | 1,2",
                "ints == [1, 2, 2] | 0",
                "ints != [1, 2, 2] | 1,2",
                "[3, -1] == ints | 2",
                "ints == [] | 1",
                "not (ints == []) | 0,2",
                "floats == [0.1, 2] | 0",
                "floats == [2.0] | 2",
                "texts == ['a', 'bb'] | 0",
                "texts != ['bb', 'a'] | 0,1,2,3",
                "ints[0] == 1 | 0",
                "ints[0] != 1 | 2",
                "ints[1] in [2, -1] | 0,2",
                "ints[2] > 0 | 0",
                "floats[0] == 0.1 | 0",
                "ints[0] + 1 == 4 | 2",
                "texts[0] like 'b%' | 1",
                "texts[0] == '' | 3",
                "ints is null | 3",
                "ints is not null | 0,1,2"
            })
    void arraysAreSearchedByElementLengthAndPlace(String filter, String expected) {
        List<Integer> rows = expected == null
                ? List.of()
                : Arrays.stream(expected.split(",")).map(Integer::valueOf).toList();
        Filter parsed = FilterParser.parse(filter, Map.of(), SCHEMA);
        assertThat(FilterEvaluator.passing(parsed, COLUMNS, ROWS).toArray())
                .as("by columns")
                .containsExactly(rows.stream().mapToInt(Integer::intValue).toArray());
        assertThat(FilterEvaluator.passing(parsed, COLUMNS, lookups(), ROWS).toArray())
                .as("by indexes")
                .containsExactly(rows.stream().mapToInt(Integer::intValue).toArray());
    }

    @Test
    void anIndexOverElementsMakesTheColumnSuperfluous() {
        Filter filter = FilterParser.parse(
                "array_contains(ints, 2) and ints is not null and texts[0] == 'a'", Map.of(), SCHEMA);
        assertThat(FilterFields.of(filter, lookups().keySet())).containsExactly(101, 103);
        Filter contains = FilterParser.parse("array_contains_all(texts, ['a'])", Map.of(), SCHEMA);
        assertThat(FilterFields.of(contains, lookups().keySet())).isEmpty();
    }

    private static Map<LookupTarget, ScalarLookup> lookups() {
        Map<LookupTarget, ScalarLookup> lookups = new LinkedHashMap<>();
        try (MachineHost host = new MachineHost(1)) {
            Indexes indexes = new Indexes(KernelChoice.pick(host).kernels(), host);
            for (Field field : List.of(INTS, FLOATS, TEXTS)) {
                ScalarIndexSpec spec = (ScalarIndexSpec) IndexSpec.parse(field, Map.of("index_type", "INVERTED"));
                MemoryOutput out = new MemoryOutput();
                IndexExtent extent = indexes.build(spec, field, COLUMNS.column(field.id()), out, Progress.NONE);
                LookupTarget target = spec.target(field);
                lookups.put(target, Indexes.lookup(spec, target, extent, out.bytes()));
            }
        }
        return lookups;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "array_contains(ints, 'a') # contains operation can't be applied on an array of Int32 and VarChar",
                "array_contains(texts, 1) # contains operation can't be applied on an array of VarChar and Int64",
                "ints['a'] == 1 # can only access array field with integer index",
                "ints['0'] == 1 # can only access array field with integer index",
                "ints[0] is null # IsNull/IsNotNull operations are not supported on array element access, got: ints[0]",
                "+ints == 1 # can not comparisons array fields directly",
                "ints[0][1] == 1 # can only access array field with integer index",
                "ints == ['a'] # comparisons between Array and Array are not supported",
                "ints < [1] # comparison operations cannot be applied to two incompatible operands",
                "ints[0] == [1] # comparisons between Int32 and Array are not supported",
                "ints == 1 # comparisons between Array and Int64 are not supported",
                "ints[0] == 1.5 # cannot cast value to Int32, value: 1.5",
                "ints like 'a' # like operation on non-string or no-json field is unsupported",
                "exists ints # exists operations are only supportted on json field, got:Array"
            })
    void wrongUsesOfArraysAreNamed(String filter, String message) {
        assertThatThrownBy(() -> FilterParser.parse(filter, Map.of(), SCHEMA))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining(message);
    }
}
