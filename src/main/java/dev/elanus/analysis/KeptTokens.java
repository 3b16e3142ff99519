package dev.elanus.analysis;

import java.util.function.Predicate;
import org.apache.lucene.analysis.FilteringTokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Drops the tokens that a condition does not hold for. */
final class KeptTokens extends FilteringTokenFilter {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final Predicate<CharSequence> condition;

    KeptTokens(TokenStream input, Predicate<CharSequence> condition) {
        super(input);
        this.condition = condition;
    }

    @Override
    protected boolean accept() {
        return condition.test(term);
    }

    static boolean isAlphanumeric(int point) {
        return Character.isAlphabetic(point)
                || switch (Character.getType(point)) {
                    case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
                    default -> false;
                };
    }

    static boolean isAsciiAlphanumeric(int point) {
        return point < 0x80 && Character.isLetterOrDigit(point);
    }

    static boolean isChinese(int point) {
        return Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN;
    }

    static boolean isPunctuation(int point) {
        return switch (Character.getType(point)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }
}
