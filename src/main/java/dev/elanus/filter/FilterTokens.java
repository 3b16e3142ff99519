package dev.elanus.filter;

import dev.elanus.error.Invalid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a filter. A list of plain numbers and texts is one token, so that a hundred thousand values take neither tokens nor nodes of a
 * tree.
 */
final class FilterTokens extends FilterGrammarLexer {
    /** More take more memory than a filter is worth. */
    private static final int MAX_TOKENS = 200_000;

    private final String text;
    private final FilterErrors errors;
    /** A place in the stream, which counts code points, and the same one in the text: where the last list began. */
    private int knownPoint;

    private int knownChar;
    private final Map<Integer, List<TemplateValue>> lists = new HashMap<>();
    private int count;

    FilterTokens(String text, FilterErrors errors) {
        super(CharStreams.fromString(text));
        this.text = text;
        this.errors = errors;
        removeErrorListeners();
    }

    /** The values of each list that is one token, by where it begins. */
    Map<Integer, List<TemplateValue>> lists() {
        return lists;
    }

    /** @throws Invalid if there are too many tokens, or values in a list */
    @Override
    public Token nextToken() {
        Token token = super.nextToken();
        if (++count > MAX_TOKENS) {
            throw errors.invalid(
                    "expression is too long, expected at most " + MAX_TOKENS + " tokens", TreeReader.placeOf(token));
        }
        return token.getType() == LIST ? listOr(token) : token;
    }

    /** @param open the bracket, which is given back where it opens no plain list */
    private Token listOr(Token open) {
        knownChar = text.offsetByCodePoints(knownChar, open.getStartIndex() - knownPoint);
        knownPoint = open.getStartIndex();
        List<TemplateValue> values = new ArrayList<>();
        int endChar = new PlainList(knownChar + 1, values).end();
        if (endChar < 0) {
            return open;
        }
        int end = knownPoint + text.codePointCount(knownChar, endChar);
        if (values.size() > PlainList.MAX_VALUES) {
            throw errors.invalid(
                    "expected at most " + PlainList.MAX_VALUES + " values in a list", TreeReader.placeOf(open));
        }
        getInputStream().seek(end + 1);
        setCharPositionInLine(getCharPositionInLine() + end - open.getStartIndex());
        lists.put(open.getStartIndex(), values);
        CommonToken list = new CommonToken(open);
        list.setType(FilterGrammarParser.PLAIN_LIST);
        list.setStopIndex(end);
        return list;
    }

    /** Reads a list of decimal numbers and texts. */
    private final class PlainList {
        static final int MAX_VALUES = 1 << 20;

        private final List<TemplateValue> values;
        private int at;

        /** @param start the char behind the bracket */
        PlainList(int start, List<TemplateValue> values) {
            this.at = start;
            this.values = values;
        }

        /** Where the closing bracket is, or -1 if the list has something else in it. */
        int end() {
            skipBlanks();
            while (peek() != ']') {
                TemplateValue value = value();
                if (value == null) {
                    return -1;
                }
                if (values.size() <= MAX_VALUES) {
                    values.add(value);
                }
                skipBlanks();
                if (peek() == ',') {
                    at++;
                    skipBlanks();
                } else if (peek() != ']') {
                    return -1;
                }
            }
            return at;
        }

        private char peek() {
            return at < text.length() ? text.charAt(at) : 0;
        }

        private void skipBlanks() {
            while (peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n') {
                at++;
            }
        }

        private @Nullable TemplateValue value() {
            char first = peek();
            return first == '"' || first == '\'' ? quoted(first) : number();
        }

        private @Nullable TemplateValue quoted(char quote) {
            int start = at++;
            while (peek() != quote) {
                at += peek() == '\\' ? 2 : 1;
                if (at >= text.length()) {
                    return null;
                }
            }
            at++;
            return new TemplateValue.Text(new Escapes(errors).unquote(text.substring(start, at), new Place(start, at)));
        }

        private @Nullable TemplateValue number() {
            int start = at;
            if (peek() == '-') {
                at++;
            }
            int digits = at;
            skipDigits();
            // A zero before other digits makes a number octal or hexadecimal.
            boolean isDecimal = at - digits == 1 || at > digits && text.charAt(digits) != '0';
            if (!isDecimal || at - digits > 18) {
                return null;
            }
            if (peek() != '.') {
                return isLetter(peek()) ? null : new TemplateValue.Int(Long.parseLong(text, start, at, 10));
            }
            at++;
            skipDigits();
            return isLetter(peek()) || peek() == '.'
                    ? null
                    : new TemplateValue.Floating(Double.parseDouble(text.substring(start, at)));
        }

        private void skipDigits() {
            while (peek() >= '0' && peek() <= '9') {
                at++;
            }
        }

        private static boolean isLetter(char character) {
            return Character.isLetterOrDigit(character) || character == '_';
        }
    }
}
