package dev.elanus.filter;

import dev.elanus.analysis.TextAnalyzer;
import dev.elanus.analysis.Token;
import dev.elanus.column.BytesColumn;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Matches the texts of a column, token by token. Nulls match neither way. */
final class TextMatches {
    private TextMatches() {}

    static Verdict of(BytesColumn column, Filter.TextMatch match) {
        return of(column, match.analyzer(), tokens -> {
            Set<String> found = tokens.stream()
                    .map(Token::text)
                    .filter(match.tokens()::contains)
                    .collect(Collectors.toSet());
            return found.size() >= match.least();
        });
    }

    static Verdict of(BytesColumn column, Filter.PhraseMatch match) {
        Phrase phrase = new Phrase(match.phrase(), match.slop());
        return of(column, match.analyzer(), phrase::isIn);
    }

    private static Verdict of(BytesColumn column, String analyzer, Predicate<List<Token>> condition) {
        Verdict verdict = Verdict.unknown(column.rowCount());
        try (TextAnalyzer.Pass pass = TextAnalyzer.of(analyzer).pass()) {
            for (int row = 0; row < column.rowCount(); row++) {
                if (!column.isNull(row)) {
                    verdict.set(row, condition.test(pass.tokens(column.textAt(row))));
                }
            }
        }
        return verdict;
    }
}
