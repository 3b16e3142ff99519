package dev.elanus.analysis;

import dev.elanus.error.Invalid;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionLengthAttribute;

/** Cuts texts into tokens: a tokenizer and a chain of filters. Safe for use from many threads. */
public final class TextAnalyzer {
    private final Supplier<Tokenizer> tokenizer;
    private final List<UnaryOperator<TokenStream>> filters;

    TextAnalyzer(Supplier<Tokenizer> tokenizer, List<UnaryOperator<TokenStream>> filters) {
        this.tokenizer = tokenizer;
        this.filters = List.copyOf(filters);
    }

    /**
     * An analyzer by Milvus's {@code analyzer_params}.
     *
     * @param json a built-in {@code type} with its options, or a {@code tokenizer} and {@code filter}s; empty for the standard one
     * @throws Invalid if there is no such analyzer
     * @throws dev.elanus.error.Unsupported if Milvus has it and it is not offered here
     */
    public static TextAnalyzer of(String json) {
        return new AnalyzerParams(json).analyzer();
    }

    /** The same with more filters behind those that it has. */
    TextAnalyzer with(List<UnaryOperator<TokenStream>> more) {
        List<UnaryOperator<TokenStream>> all = new ArrayList<>(filters);
        all.addAll(more);
        return new TextAnalyzer(tokenizer, all);
    }

    /** The tokens of a text in their order. */
    public List<Token> tokens(String text) {
        try (Pass pass = new Pass()) {
            return pass.tokens(text);
        }
    }

    /** A chain of streams for one thread, which takes one text after the other. */
    public Pass pass() {
        return new Pass();
    }

    /** Analyzes many texts with one chain of streams. For one thread. */
    public final class Pass implements AutoCloseable {
        private final Tokenizer source = tokenizer.get();
        private final TokenStream last;
        private final CharTermAttribute term;
        private final OffsetAttribute offsets;
        private final PositionIncrementAttribute increment;
        private final PositionLengthAttribute length;

        private Pass() {
            TokenStream stream = source;
            for (UnaryOperator<TokenStream> filter : filters) {
                stream = filter.apply(stream);
            }
            last = stream;
            term = last.addAttribute(CharTermAttribute.class);
            offsets = last.addAttribute(OffsetAttribute.class);
            increment = last.addAttribute(PositionIncrementAttribute.class);
            length = last.addAttribute(PositionLengthAttribute.class);
        }

        /** The stream of a text's tokens, to be closed before the next is opened. */
        TokenStream open(String text) throws IOException {
            source.setReader(new StringReader(text));
            last.reset();
            return last;
        }

        /** The tokens of a text in their order. */
        public List<Token> tokens(String text) {
            List<Token> tokens = new ArrayList<>();
            int position = -1;
            Utf8Offsets bytes = new Utf8Offsets(text);
            try {
                open(text);
                while (last.incrementToken()) {
                    position += increment.getPositionIncrement();
                    int start = bytes.at(offsets.startOffset());
                    int end = bytes.at(offsets.endOffset());
                    tokens.add(new Token(term.toString(), start, end, position, length.getPositionLength()));
                }
                last.end();
                last.close();
            } catch (IOException impossible) {
                throw new UncheckedIOException("a text in memory that cannot be read", impossible);
            }
            return tokens;
        }

        @Override
        public void close() {
            try {
                last.close();
            } catch (IOException impossible) {
                throw new UncheckedIOException("a text in memory that cannot be read", impossible);
            }
        }
    }

    /** From places in a text to places in its UTF-8, asked for in about ascending order. */
    private static final class Utf8Offsets {
        private final String text;
        private int chars;
        private int bytes;

        Utf8Offsets(String text) {
            this.text = text;
        }

        int at(int offset) {
            if (offset < chars) {
                chars = 0;
                bytes = 0;
            }
            while (chars < offset) {
                int point = text.codePointAt(chars);
                chars += Character.charCount(point);
                bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            }
            return bytes;
        }
    }
}
