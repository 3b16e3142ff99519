package dev.elanus.filter;

import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import java.util.Map;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.jspecify.annotations.Nullable;

/** From the text of a filter to a checked {@link Filter}. */
public final class FilterParser {
    /** Deeper nesting is refused, since parsing it takes a stack frame or a dozen for each level. */
    private static final int MAX_DEPTH = 200;

    private FilterParser() {}

    /**
     * Parses a filter and checks it against a schema.
     *
     * @param text blank for a filter that every row passes
     * @param templates values of the template variables {@code {name}}
     * @throws Invalid if the text is no filter or does not fit the schema, in the words of Milvus
     * @throws dev.elanus.error.Unsupported if it uses a part of the language that is not offered here
     */
    public static Filter parse(String text, Map<String, TemplateValue> templates, CollectionSchema schema) {
        if (text.isBlank()) {
            return new Filter.Always(true, new Place(0, text.length()));
        }
        FilterErrors errors = new FilterErrors(text);
        FilterTokens lexer = new FilterTokens(text, errors);
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        checkDepth(tokens, errors);
        FilterGrammarParser parser = new FilterGrammarParser(tokens);
        parser.removeErrorListeners();
        parser.addErrorListener(new Refusing(errors));
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        LiteralReader literals =
                new LiteralReader(templates, lexer.lists(), new TimeRules(schema.zone(), errors), errors);
        return new TreeReader(new NameResolver(schema, literals, errors), literals, errors).read(parser.filter());
    }

    private static void checkDepth(CommonTokenStream tokens, FilterErrors errors) {
        tokens.fill();
        int depth = 0;
        int run = 0;
        for (Token token : tokens.getTokens()) {
            switch (token.getType()) {
                // Powers nest to the right and are never left.
                case FilterGrammarLexer.OPEN, FilterGrammarLexer.LIST, FilterGrammarLexer.POW -> depth++;
                case FilterGrammarLexer.CLOSE, FilterGrammarLexer.END -> depth--;
                default -> {}
            }
            run = switch (token.getType()) {
                case FilterGrammarLexer.NOT,
                        FilterGrammarLexer.ADD,
                        FilterGrammarLexer.SUB,
                        FilterGrammarLexer.BNOT,
                        FilterGrammarLexer.EXISTS -> run + 1;
                default -> 0;
            };
            if (depth + run > MAX_DEPTH) {
                throw errors.invalid(
                        "expression is nested too deeply, expected at most " + MAX_DEPTH + " levels",
                        TreeReader.placeOf(token));
            }
        }
    }

    /** Ends the parse at the first error: what ANTLR would guess afterwards helps nobody. */
    private static final class Refusing extends BaseErrorListener {
        private final FilterErrors errors;

        Refusing(FilterErrors errors) {
            this.errors = errors;
        }

        @Override
        public void syntaxError(
                Recognizer<?, ?> recognizer,
                @Nullable Object symbol,
                int line,
                int column,
                String message,
                @Nullable RecognitionException failure) {
            Place place = symbol instanceof Token token ? TreeReader.placeOf(token) : new Place(0, 0);
            throw errors.invalid("line " + line + ":" + column + " " + message, place);
        }
    }
}
