package dev.elanus.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.error.DatabaseException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever stands in a filter, it is parsed or refused. {@code -Dinputs=1000000} for a long run. */
class FilterParserFuzzTest {
    private static final List<String> PIECES = List.of(
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "\"",
            "'",
            "\\",
            "$meta",
            "j",
            "i64",
            "s",
            "t",
            " and ",
            " or ",
            "not ",
            "!",
            "in",
            "like",
            "is null",
            "exists ",
            "==",
            "!=",
            "<",
            "<=",
            "**",
            "%",
            "*",
            "/",
            "+",
            "-",
            "~",
            "<<",
            "&",
            "|",
            ",",
            ".",
            "1",
            "0x",
            "1e999",
            "99999999999999999999",
            "9223372036854775808",
            "1.5",
            "true",
            "null",
            "\u0000",
            "é",
            "😀",
            "json_contains(",
            "array_length(",
            "text_match(",
            "phrase_match(",
            "random_sample(",
            "st_within(",
            "ISO '",
            "INTERVAL",
            "minimum_should_match=",
            "{x}",
            "$[a]",
            "  ",
            "\n");

    @Test
    void whateverIsWrittenIsParsedOrRefused() {
        long seed = Long.getLong("seed", 20261127);
        int inputs = Integer.getInteger("inputs", 20_000);
        System.out.println("seed " + seed + ", inputs " + inputs);
        SplittableRandom random = new SplittableRandom(seed);
        int parsed = 0;
        for (int i = 0; i < inputs; i++) {
            String text = input(random);
            try {
                FilterParser.parse(text, Map.of("x", new TemplateValue.Int(1)), FilterSamples.SCHEMA);
                parsed++;
            } catch (DatabaseException refused) {
                assertThat(refused.getMessage())
                        .as(text)
                        .matches(message -> message.startsWith("cannot parse expression: ")
                                || message.startsWith("predicate is not a boolean expression: "));
            } catch (RuntimeException | StackOverflowError failure) {
                throw new AssertionError("seed " + seed + ", input " + i + ": " + text, failure);
            }
        }
        assertThat(parsed).as("some inputs are filters").isBetween(inputs / 50, inputs - inputs / 10);
    }

    private static String input(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        if (random.nextInt(4) > 0) {
            text.append(RandomFilter.next(random, 2).text());
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(6)));
                case 2 -> text.insert(at, text.substring(Math.min(at, random.nextInt(text.length() + 1)), at));
                default -> {
                    for (int j = random.nextInt(8); j > 0; j--) {
                        text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                    }
                }
            }
        }
        return text.toString();
    }
}
