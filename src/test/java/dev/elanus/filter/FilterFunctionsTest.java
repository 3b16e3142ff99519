package dev.elanus.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.Trait;
import dev.elanus.schema.ValueShape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterFunctionsTest {
    private static final CollectionSchema SCHEMA = new CollectionSchema(
            "",
            List.of(
                    Field.scalar(100, "id", DataType.INT64).asPrimaryKey(false),
                    text(101, "text", Map.of("enable_analyzer", "true", "enable_match", "true")),
                    text(102, "plain", Map.of()),
                    Field.scalar(103, "j", DataType.JSON)),
            false);

    private static Field text(int id, String name, Map<String, String> params) {
        return new Field(id, name, "", DataType.VARCHAR, ValueShape.text(1000), Set.of(Trait.NULLABLE), null, params);
    }

    private static List<Integer> passing(String filter, String... texts) {
        long[] ids = LongStream.range(0, texts.length).toArray();
        Column column = BytesColumn.of(DataType.VARCHAR, Arrays.asList(texts));
        Columns columns = new Columns(texts.length, Map.of(100, FixedColumn.ofLongs(ids), 101, column));
        return Arrays.stream(FilterEvaluator.passing(parse(filter), columns, texts.length)
                        .toArray())
                .boxed()
                .toList();
    }

    private static Filter parse(String filter) {
        return FilterParser.parse(filter, Map.of(), SCHEMA);
    }

    @Test
    void aTextMatchesIfItHasAnyTokenOrAsManyAsAskedFor() {
        String[] texts = {"Machine learning", "Deep-learning networks", "cooking", null, "machine, deep"};
        assertThat(passing("text_match(text, 'machine deep')", texts)).containsExactly(0, 1, 4);
        assertThat(passing("TEXT_MATCH(text, 'MACHINE deep', minimum_should_match=2)", texts))
                .containsExactly(4);
        assertThat(passing("not text_match(text, 'machine deep')", texts))
                .as("null is neither")
                .containsExactly(2);
        assertThat(passing("text_match(text, '...')", texts)).isEmpty();
    }

    @Test
    void aPhraseStandsInItsOrderButForTheSlop() {
        String[] texts = {"machine learning is fun", "learning machine", "machine for learning", "machine machine", null
        };
        assertThat(passing("phrase_match(text, 'machine learning')", texts)).containsExactly(0);
        assertThat(passing("phrase_match(text, 'machine learning', 1)", texts)).containsExactly(0, 2);
        assertThat(passing("PHRASE_MATCH(text, 'machine learning', 2)", texts)).containsExactly(0, 1, 2);
        assertThat(passing("phrase_match(text, 'machine machine')", texts)).containsExactly(3);
        assertThat(passing("phrase_match(text, 'learning learning', 5)", texts))
                .as("one place is not taken twice")
                .isEmpty();
        assertThat(passing("phrase_match(text, '')", texts)).isEmpty();
    }

    @Test
    void aSampleIsOfTheRowsThatPassTheRest() {
        String[] texts = new String[1000];
        Arrays.fill(texts, "x");
        assertThat(passing("random_sample(0.1)", texts)).hasSize(100);
        List<Integer> some = passing("id >= 200 and id < 600 and random_sample(0.25)", texts);
        assertThat(some).hasSize(100).allMatch(row -> row >= 200 && row < 600).doesNotHaveDuplicates();
        assertThat(some.stream().filter(row -> row < 400)).hasSizeBetween(25, 75);
        assertThat(passing("id < 19 and random_sample(0.1)", texts))
                .as("1.9 rows")
                .hasSize(1);
        assertThat(passing("id < 3 and random_sample(0.1)", texts))
                .as("one at least")
                .hasSize(1);
        assertThat(passing("id < 100 and random_sample(0.29)", texts)).hasSize(29);
        assertThat(passing("id < 0 and random_sample(0.5)", texts)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "text_match(plain, 'a') # field \"plain\" does not enable match",
                "text_match(id, 'a') # text_match operation on non-string is unsupported",
                "text_match(text, 1) # text_match query must be a string, found 1",
                "text_match(text, 'a', 2) # text_match expects minimum_should_match=N as its third argument, found 2",
                "text_match(text, 'a', minimum_should_match=1+1) # minimum_should_match should be a constant integer, found 1+1",
                "text_match(text, 'a', minimum_should_match=1001) # should be an integer in range [1, 1000], found 1001",
                "phrase_match(text, 'a', -1) # slop should be an integer in range [0, 4294967295], found -1",
                "phrase_match(text) # function phrase_match expects 2 or 3 arguments, found 1",
                "random_sample(1) # the sample factor should be between 0 and 1 and not too close to 0 or 1",
                "random_sample(0.1) and id > 1 # random_sample can only be the last operand of a top-level and",
                "id > 1 or random_sample(0.1) # random_sample can only be the last operand of a top-level and",
                "json_contains(id, 1) # only supported on json or array fields now, got: Int64",
                "json_contains(j) # function json_contains expects 2 arguments, found 1",
                "json_contains(j, id) # json_contains operation can only be used with constants, found id",
                "json_contains_any(j, 1) # json_contains_any operation element must be an array, found 1",
                "array_length(j) == 1.5 # comparisons between Int64 and Double are not supported",
                "Json_contains(j, 1) # function Json_contains not exist",
                "sin(j) == 1 # function sin not exist"
            })
    void wrongCallsAreNamed(String filter, String message) {
        assertThatThrownBy(() -> parse(filter)).isInstanceOf(Invalid.class).hasMessageContaining(message);
    }

    @Test
    void nestedArraysAreFoundWhole() {
        Column column = BytesColumn.of(DataType.JSON, List.of("[[1, 2], 3]", "[1, 2, 3]", "[[1, 2.0]]", "{}"));
        Columns columns = new Columns(4, Map.of(103, column));
        assertThat(FilterEvaluator.passing(parse("json_contains(j, [1, 2])"), columns, 4)
                        .toArray())
                .containsExactly(0, 2);
        assertThat(FilterEvaluator.passing(parse("not json_contains_all(j, [3, 2])"), columns, 4)
                        .toArray())
                .containsExactly(0, 2);
    }
}
