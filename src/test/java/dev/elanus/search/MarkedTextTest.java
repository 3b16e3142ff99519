package dev.elanus.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.analysis.TextAnalyzer;
import dev.elanus.analysis.Token;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkedTextTest {
    private static List<String> fragments(String text, String word, int count, int size, int offset) {
        List<Token> tokens = TextAnalyzer.of("").tokens(text).stream()
                .filter(token -> token.text().equals(word))
                .toList();
        return MarkedText.of(text, tokens)
                .fragments(
                        new Highlighting(true, List.of(), List.of("<", "{"), List.of(">", "}"), count, size, offset));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                // A piece starts with its first mark and goes on for its size.
                "a fox, and more|5|100|0|[<fox>, and more]",
                "a fox, and more|5|6|0|[<fox>, a]",
                "a fox, and more|5|2|0|[<fox>]",
                "a fox, and more|5|3|9|[a <fox>]",
                "so a fox, and more|5|6|2|[a <fox>,]",
                // Marks inside a piece lengthen it; those behind it start the next.
                "fox fox fox|5|5|0|[<fox> {fox}, <fox>]",
                "fox fox fox|5|8|0|[<fox> {fox} <fox>]",
                "fox and the fox and one more Fox|5|3|0|[<fox>, <fox>, <Fox>]",
                "fox and the fox and one more Fox|2|3|0|[<fox>, <fox>]",
                "fox and the fox|0|3|0|[]",
                "nothing|5|3|0|[]",
                // Characters are counted, not bytes nor halves of them.
                "äöü🦊 fox 🦊🦊🦊|5|6|2|[🦊 <fox> ]",
            })
    void piecesAreCutAroundMarks(String text, int count, int size, int offset, String fragments) {
        assertThat(fragments(text, "fox", count, size, offset)).hasToString(fragments);
    }

    @ParameterizedTest
    @CsvSource({"0,5,3,8", "3,8,0,5", "0,5,5,8", "0,8,2,4"})
    void tokensThatOverlapOrTouchAreOneMark(int start, int end, int otherStart, int otherEnd) {
        List<Token> tokens = List.of(new Token("a", start, end, 0, 1), new Token("b", otherStart, otherEnd, 0, 1));
        assertThat(MarkedText.of("0123456789", tokens).marks()).containsExactly(new MarkedText.Span(0, 8));
    }
}
