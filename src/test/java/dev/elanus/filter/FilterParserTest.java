package dev.elanus.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;
import dev.elanus.schema.CollectionSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParserTest {
    private static Filter parse(String text) {
        return FilterParser.parse(text, Map.of(), FilterSamples.SCHEMA);
    }

    private static Filter parse(String text, Map<String, TemplateValue> templates) {
        return FilterParser.parse(text, templates, FilterSamples.SCHEMA);
    }

    /** They can be parsed, and Milvus does not say otherwise. */
    @ParameterizedTest
    @CsvSource({
        "flag, Bool",
        "true, Bool",
        "(False), Bool",
        "i64 + 1, Int64",
        "12-i8, Int64",
        "'1 + j[\"a\"]', Int64",
        "1.5 * i64, Double",
        "'j[\"a\"]', JSON"
    })
    void whatIsNoConditionIsRefused(String text, String type) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(Invalid.class)
                .hasMessageStartingWith(
                        "predicate is not a boolean expression: " + text + ", data type: " + type + "\n" + text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "i64 > 0 and flag # 'and' can only be used between boolean expressions",
                "flag or i64 > 0 # 'or' can only be used between boolean expressions",
                "i64 > 0 or false # 'or' can only be used between boolean expressions",
                "1 == 1 and i64 > 0 # 'and' can only be used between boolean expressions",
                "j[\"\"] == 1 # invalid identifier: j[\"\"]",
                "exists j # exists operations are only supportted on json key",
                "s == \"\\423\" # unknown escape \\423 in \"\\423\"",
                "exists $meta # exists operations are only supportted on json key",
                "!flag # not op can only be applied on boolean expression",
                "s == 1 # comparisons between VarChar and Int64 are not supported",
                "i64 == \"a\" # comparisons between Int64 and VarChar are not supported",
                "v == 1 # comparisons between FloatVector and Int64 are not supported",
                "i64 == 1.5 # cannot cast value to Int64, value: 1.5",
                "flag > true # comparison operations cannot be applied to two incompatible operands: flag > true",
                "1 == \"a\" # comparison operations cannot be applied to two incompatible operands: 1 == \"a\"",
                "(i64 == 1) == true # comparison operations cannot be applied to two incompatible operands",
                "i64 in 5 # the right-hand side of 'in' must be a list, but got: 5",
                "i64 in [1, \"a\"] # value 'a' in list cannot be casted to Int64",
                "i64 in [1.5] # value '1.5' in list cannot be casted to Int64",
                "i64 in [1, i32] # array element type must be generic value, but got: i32",
                "i64 in [1 / 0] # cannot divide by zero",
                "i64 + 1 in [1] # 'term' can only be used on single field, but got: i64 + 1",
                "i64 like \"a%\" # like operation on non-string or no-json field is unsupported",
                "i64 + 1 == i32 # not supported to do arithmetic operations between multiple fields",
                "i64 + i32 == 1 # not supported to do arithmetic operations between multiple fields",
                "i64 + 1 + 2 == 1 # complicated arithmetic operations are not supported",
                "s + 1 == 1 # add cannot apply on string field",
                "f % 2 == 1 # modulo can only apply on integer types",
                "i64 / 0 == 1 # cannot divide by zero",
                "i64 % 0 == 1 # cannot modulo by zero",
                "1 / 0 == 1 # cannot divide by zero",
                "i64 ** 2 == 1 # power can only apply on constants: i64 ** 2",
                "i64 << 2 == 1 # shift is not supported: i64 << 2",
                "i64 & 2 == 1 # BitAnd is not supported",
                "i64 == 1 | 2 # BitOr is not supported",
                "i64 == 1 ^ 2 # BitXor is not supported",
                "~i64 == 1 # BitNot is not supported: ~i64",
                "1 < i64 > 2 # invalid range operations",
                "1 < i64 < 3 < 4 # invalid range operations",
                "3 < i64 < 1 # invalid range: lowerbound is greater than upperbound",
                "i32 < i64 < 1 # lowerbound cannot be a non-const expression: i32",
                "true < flag < 1 # invalid range operations on boolean expr",
                "j == i64 # two column comparison with JSON type is not supported",
                "s == i64 # comparisons between VarChar and Int64 are not supported",
                "v is null # IsNull/IsNotNull operations are not supported on vector fields",
                "exists i64 # exists operations are only supportted on json field, got:Int64",
                "exists (i64 + 1) # exists operations are only supported on single fields now, got: i64 + 1",
                "j[abc] == 1 # json key must be enclosed in double quotes or single quotes",
                "s[0] == \"a\" # VarChar data type not supported accessed with []",
                "{x} == i64 # the value of expression template variable name {x} is not found",
                "9223372036854775808 == i64 # expected an integer of 64 bits",
                "08 == i64 # expected an integer of 64 bits",
                "s == \"\\q\" # unknown escape \\q",
                "nonsense(i64) # function nonsense not exist",
                "And(i64) # function And not exist",
            })
    void whatMilvusRefusesIsRefusedInItsWords(String text, String reason) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(Invalid.class)
                .hasMessageStartingWith("cannot parse expression: " + text + ", error: ")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "i64 ==", "i64 == 1 And i32 == 1", "(i64 == 1", "i64 == 1)", "j.a == 1", "j [\"a\"] == 1", "i64 = 1",
                "i64 is  null", "i64 Is Null", "i64 not like 1", "i64 == 1 i32 == 2", "s == \"a", "#", "i64 in [1,,2]",
                "i64 between 1 and 2", "null", "i64 == null and"
            })
    void whatIsNoFilterIsASyntaxError(String text) {
        assertThatThrownBy(() -> FilterParser.parse(text, Map.of(), FilterSamples.WITHOUT_DYNAMIC))
                .isInstanceOf(Invalid.class)
                .hasMessageStartingWith("cannot parse expression: " + text + ", error: ");
    }

    @Test
    void anErrorPointsAtItsPlace() {
        assertThatThrownBy(() -> parse("i64 > 1 and s == 1"))
                .hasMessage(
                        "cannot parse expression: i64 > 1 and s == 1, error: comparisons between VarChar and Int64 are not"
                                + " supported\nat offset 12\ni64 > 1 and s == 1\n            ^^^^^^");
        assertThatThrownBy(() -> parse("i64 > > 1"))
                .hasMessageContaining("line 1:6 ")
                .hasMessageEndingWith("at offset 6\ni64 > > 1\n      ^");
    }

    @Test
    void anUnknownNameIsAnErrorWhereThereAreNoDynamicFields() {
        CollectionSchema schema = FilterSamples.WITHOUT_DYNAMIC;
        assertThatThrownBy(() -> FilterParser.parse("color == 1", Map.of(), schema))
                .isInstanceOf(Invalid.class)
                .hasMessageStartingWith("cannot parse expression: color == 1, error: field color not exist");
        assertThatThrownBy(() -> FilterParser.parse("$meta[\"a\"] == 1", Map.of(), schema))
                .hasMessageContaining("field $meta not exist");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "empty(s) # empty # 0",
                "element_filter(s, $[x] > 1) # element_filter # 0",
                "starts_with(s, 'a') # starts_with # 0",
            })
    void whatIsNotOfferedIsRefusedByNameAndPlace(String text, String name, int offset) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(Unsupported.class)
                .hasMessageStartingWith("cannot parse expression: " + text + ", error: " + name
                        + " is not supported by this server\nat offset " + offset + "\n" + text + "\n"
                        + " ".repeat(offset) + "^");
    }

    @Test
    void everyTermKnowsItsPlace() {
        String text = "i64 > 1 and not (s like \"a%\" or  id in [1])";
        Filter.And and = (Filter.And) parse(text);
        assertThat(source(text, and)).isEqualTo(text);
        assertThat(source(text, and.terms().get(0))).isEqualTo("i64 > 1");
        Filter.Not not = (Filter.Not) and.terms().get(1);
        assertThat(source(text, not)).isEqualTo("not (s like \"a%\" or  id in [1])");
        Filter.Or or = (Filter.Or) not.term();
        assertThat(source(text, or)).isEqualTo("s like \"a%\" or  id in [1]");
        assertThat(source(text, or.terms().get(1))).isEqualTo("id in [1]");
    }

    @Test
    void templateVariablesStandForValues() {
        Map<String, TemplateValue> templates = Map.of(
                "age",
                new TemplateValue.Int(25),
                "names",
                new TemplateValue.Array(List.of(new TemplateValue.Text("a"), new TemplateValue.Text("b"))),
                "pattern",
                new TemplateValue.Text("a%"),
                "json",
                new TemplateValue.Json("[1, 2.5, \"x\", true]"));
        Filter.Compare compare = (Filter.Compare) parse("i64 > {age}", templates);
        assertThat(((Operand.Constant) compare.right()).value()).isEqualTo(new TemplateValue.Int(25));
        Filter.In in = (Filter.In) parse("s in {names}", templates);
        assertThat(in.values().texts()).containsExactlyInAnyOrder("a", "b");
        assertThat(parse("s like {pattern}", templates)).isInstanceOf(Filter.Like.class);
        Filter.In json = (Filter.In) parse("j[\"a\"] in {json}", templates);
        assertThat(json.values().contains(2.5)).isTrue();
        assertThat(json.values().contains("x")).isTrue();
        assertThatThrownBy(() -> parse("s == {age}", templates))
                .hasMessageContaining("comparisons between VarChar and Int64 are not supported");
        assertThatThrownBy(() -> parse("i64 in {names}", templates))
                .hasMessageContaining("value 'a' in list cannot be casted to Int64");
        assertThatThrownBy(() -> parse("i64 in {age}", templates))
                .hasMessageContaining("the right-hand side of 'in' must be a list, but got: {age}");
    }

    @Test
    void literalsHaveTheirValues() {
        assertThat(value("0x1F")).isEqualTo(new TemplateValue.Int(31));
        assertThat(value("0b101")).isEqualTo(new TemplateValue.Int(5));
        assertThat(value("017")).isEqualTo(new TemplateValue.Int(15));
        assertThat(value("-9223372036854775808")).isEqualTo(new TemplateValue.Int(Long.MIN_VALUE));
        assertThat(value("- -5")).isEqualTo(new TemplateValue.Int(5));
        assertThat(value("2 * 3 + 1")).isEqualTo(new TemplateValue.Int(7));
        assertThat(value("7 / 2")).isEqualTo(new TemplateValue.Int(3));
        assertThat(value("-7 % 3")).isEqualTo(new TemplateValue.Int(-1));
        assertThat(value("-2 ** 2")).isEqualTo(new TemplateValue.Int(-4));
        assertThat(value("2 ** -1")).isEqualTo(new TemplateValue.Floating(0.5));
        assertThat(value("10 ** 30")).isEqualTo(new TemplateValue.Floating(1e30));
        assertThat(value("1e3")).isEqualTo(new TemplateValue.Floating(1000));
        assertThat(value(".5")).isEqualTo(new TemplateValue.Floating(0.5));
        assertThat(value("1.")).isEqualTo(new TemplateValue.Floating(1));
        assertThat(value("0x1.8p1")).isEqualTo(new TemplateValue.Floating(3));
        assertThat(value("'it\\'s \"so\"'")).isEqualTo(new TemplateValue.Text("it's \"so\""));
        assertThat(value("\"\\n\\t\\x41\\u00e9\\101\\\\\"")).isEqualTo(new TemplateValue.Text("\n\tA\u00e9A\\"));
        assertThat(value("True")).isEqualTo(new TemplateValue.Bool(true));
    }

    private static TemplateValue value(String literal) {
        Filter.Compare compare = (Filter.Compare) parse("j[\"a\"] == " + literal);
        return ((Operand.Constant) compare.right()).value();
    }

    @Test
    void namesMeanFieldsOrPathsOrDynamicKeys() {
        assertThat(path("j[\"a\"]['b'][0] == 1")).isEqualTo(List.of(110, "a", "b", "0"));
        assertThat(path("j == 1")).isEqualTo(List.of(110));
        assertThat(path("color == 1")).isEqualTo(List.of(112, "color"));
        assertThat(path("color[\"x\"] == 1")).isEqualTo(List.of(112, "color", "x"));
        assertThat(path("$meta[\"color\"] == 1")).isEqualTo(List.of(112, "color"));
        assertThat(path("j[\"a]b\\\"/~\"] == 1")).isEqualTo(List.of(110, "a]b\"/~"));
    }

    private static List<Object> path(String text) {
        Operand.JsonPath path = (Operand.JsonPath) ((Filter.Compare) parse(text)).left();
        List<Object> parts = new java.util.ArrayList<>(List.of(path.fieldId()));
        parts.addAll(path.keys());
        return parts;
    }

    @Test
    void notIsExtendedOverTheComparisonThatFollows() {
        assertThat(parse("not i64 == 1")).isInstanceOf(Filter.Not.class);
        assertThat(parse("! i64 in [1]")).isInstanceOf(Filter.Not.class);
        assertThat(parse("not s like 'a' and i64 == 1")).isInstanceOf(Filter.And.class);
    }

    @Test
    void aPlusBeforeAFieldChangesNothing() {
        assertThat(FilterFields.of(parse("+i64 == 1"))).containsExactly(105);
    }

    @Test
    void blankTextAndConstantsAreAlwaysTrue() {
        for (String text : List.of("", " \n", "1 == 1", "1 < 2 and 'a' < 'b'", "(1 == 1) or false", "not 1 == 2")) {
            assertThat(FilterConstants.isAlwaysTrue(parse(text))).as(text).isTrue();
        }
        for (String text : List.of("id > 0", "1 == 2", "1 == 1 and 1 == 2", "id is not null")) {
            assertThat(FilterConstants.isAlwaysTrue(parse(text))).as(text).isFalse();
        }
    }

    @Test
    void fieldsAndKeysOfAFilterAreFound() {
        assertThat(FilterFields.of(parse("i64 + 1 > 2 and (s like 'a' or j['x'] is null) and exists color and f < d")))
                .containsExactly(105, 106, 107, 108, 110, 112);
        var keys = FilterKeys.of(parse("id in [5, 3, 3, -1]"), FilterSamples.SCHEMA)
                .orElseThrow();
        assertThat(IntStream.range(0, keys.rowCount()).mapToObj(row -> dev.elanus.column.Keys.valueAt(keys, row)))
                .containsExactly(-1L, 3L, 5L);
        assertThat(FilterKeys.of(parse("7 == id"), FilterSamples.SCHEMA)
                        .orElseThrow()
                        .rowCount())
                .isEqualTo(1);
        for (String text :
                List.of("id not in [1]", "id != 1", "i64 in [1]", "id in [1] and i64 == 1", "id > 1", "id == i64")) {
            assertThat(FilterKeys.of(parse(text), FilterSamples.SCHEMA))
                    .as(text)
                    .isEmpty();
        }
    }

    @Test
    void nestingThatWouldExhaustTheStackIsRefusedAndLongChainsAreNot() {
        assertThatThrownBy(() -> parse("(".repeat(5000) + "i64 == 1" + ")".repeat(5000)))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("expression is nested too deeply");
        assertThatThrownBy(() -> parse("not ".repeat(5000) + "i64 == 1")).hasMessageContaining("nested too deeply");
        assertThatThrownBy(() -> parse("2" + " ** 2".repeat(5000) + " == i64")).isInstanceOf(Invalid.class);
        parse("(".repeat(150) + "i64 == 1" + ")".repeat(150));
        parse(IntStream.range(0, 5000).mapToObj(i -> "i64 == " + i).collect(Collectors.joining(" or ")));
    }

    private static String source(String text, Filter filter) {
        return text.substring(filter.place().start(), filter.place().end());
    }

    @Test
    void listsMeanTheSameHoweverTheyAreWritten() {
        assertThat(values("i64 in [1, -2,\n3,]")).isEqualTo(values("i64 in [0x1, - 2, 0b11]"));
        assertThat(values("i64 in [300/2, 900%40, -10*30+800, (100+200)*2]"))
                .isEqualTo(values("i64 in [150, 20, 500, 600]"));
        assertThat(values("d in [+3**6, 2**10/2]")).isEqualTo(values("d in [729, 512]"));
        assertThat(values("d in [1.5,2.,-3]")).isEqualTo(values("d in [15e-1, +2.0, -3]"));
        assertThat(values("s in ['a', \"b'c\", 'd,]']"))
                .isEqualTo(values("s in ['\\x61', 'b\\'c', \"d,]\"]"))
                .contains("b'c");
        assertThat(values("s in []")).isEqualTo(values("s in [ ]"));
        assertThat(values("i64 in [010]")).isEqualTo(values("i64 in [8]"));
        Filter.Contains contains = (Filter.Contains) parse("json_contains_any(j, [1, [2, 'x'], 3])");
        assertThat(contains.values())
                .isEqualTo(((Filter.Contains) parse("json_contains_any(j, [0x1, [0x2, 'x'], 3])")).values())
                .hasSize(3);
        for (String wrong : List.of("[1 2]", "[1,,2]", "[,1]", "[1", "[1x]", "[1.2.3]", "['a]", "[1;2]", "[1_0]")) {
            assertThatThrownBy(() -> parse("i64 in " + wrong)).as(wrong).isInstanceOf(Invalid.class);
        }
    }

    @Test
    void aHundredThousandTextsMayHaveEscapesAndAnyCharacters() {
        String list = IntStream.range(0, 100_000)
                .mapToObj(i -> i % 2 == 0 ? "'𝛼\\\\" + i + "'" : "\"\\t'" + i + "\"")
                .collect(Collectors.joining(", "));
        Filter.In in = (Filter.In) ((Filter.And) parse("t == '𝛼' and s in [" + list + "]"))
                .terms()
                .getLast();
        assertThat(in.values().texts()).hasSize(100_000).contains("𝛼\\0", "\t'99999");
        assertThatThrownBy(() -> parse("s in ['\\q', 'a']")).hasMessageContaining("unknown escape \\q");
        assertThatThrownBy(() -> parse("t == '𝛼𝛼' and s in ['𝛼', 'a'] nonsense"))
                .isInstanceOf(Invalid.class);
        Filter.And two = (Filter.And) parse("t == '𝛼𝛼' and s in ['𝛼', 'a'] and s in ['b𝛼', ] and i64 in [7]");
        assertThat(two.terms().subList(1, 4))
                .extracting(term -> ((Filter.In) term).values().texts().size())
                .containsExactly(2, 1, 0);
    }

    private static String values(String text) {
        ValueSet values = ((Filter.In) parse(text)).values();
        return Arrays.toString(values.longs()) + Arrays.toString(values.doubles()) + new TreeSet<>(values.texts());
    }

    @Test
    void enormousFiltersAreRefused() {
        String numbers = "1,".repeat(1_100_000);
        assertThatThrownBy(() -> parse("i64 in [" + numbers + "]"))
                .hasMessageContaining("expected at most 1048576 values in a list");
        for (String repeated : List.of("i64 == 1 or ", "(", "0x1,", "\"", "- ", "{")) {
            assertThatThrownBy(() -> parse("i64 in [" + repeated.repeat(2_000_000)))
                    .as(repeated)
                    .isInstanceOf(Invalid.class);
        }
        assertThatThrownBy(() -> parse("i64 == " + "9".repeat(1_000_000))).isInstanceOf(Invalid.class);
        assertThatThrownBy(() -> parse("i64 == 1 " + "or i64 == 1 ".repeat(60_000)))
                .hasMessageContaining("expression is too long, expected at most 200000 tokens");
    }
}
