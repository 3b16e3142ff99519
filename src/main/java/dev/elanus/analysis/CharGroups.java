package dev.elanus.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elanus.error.Invalid;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;

/** The delimiters of Milvus's tokenizer {@code char_group}: characters, and groups of them by name. */
final class CharGroups {
    private CharGroups() {}

    /** Whether a code point is one of the delimiters. @throws Invalid if one is neither a character nor a group */
    static IntPredicate of(JsonNode delimiters) {
        if (delimiters.isMissingNode()) {
            throw new Invalid("char group tokenizer delimiters can't be empty");
        }
        if (!delimiters.isArray()) {
            throw new Invalid("char group tokenizer delimiters must be a vector, found " + delimiters);
        }
        Set<Integer> characters = new HashSet<>();
        IntPredicate groups = _ -> false;
        for (JsonNode delimiter : delimiters) {
            String text = AnalyzerParams.text(delimiter, "char group tokenizer delimiter in delimiters must be string");
            if (text.codePointCount(0, text.length()) == 1) {
                characters.add(text.codePointAt(0));
            } else {
                groups = groups.or(group(text));
            }
        }
        return groups.or(characters::contains);
    }

    private static IntPredicate group(String name) {
        return switch (name) {
            case "whitespace" -> CharGroups::isWhitespace;
            case "letter" -> Character::isAlphabetic;
            case "digit", "ascii_digit" -> point -> point >= '0' && point <= '9';
            case "punctuation" -> KeptTokens::isPunctuation;
            case "symbol" -> CharGroups::isSymbol;
            case "ascii_whitespace" -> point -> point < 0x80 && " \t\n\f\r".indexOf(point) >= 0;
            case "ascii_letter" -> point -> point < 0x80 && Character.isAlphabetic(point);
            case "ascii_punctuation" -> point -> point > ' ' && point < 0x7f && !KeptTokens.isAsciiAlphanumeric(point);
            default -> throw new Invalid(name + " not a char or name of build-in char group");
        };
    }

    /** The property White_Space of Unicode. */
    private static boolean isWhitespace(int point) {
        return point >= '\t' && point <= '\r' || point == 0x85 || Character.isSpaceChar(point);
    }

    private static boolean isSymbol(int point) {
        return switch (Character.getType(point)) {
            case Character.MATH_SYMBOL, Character.CURRENCY_SYMBOL, Character.MODIFIER_SYMBOL, Character.OTHER_SYMBOL ->
                true;
            default -> false;
        };
    }
}
