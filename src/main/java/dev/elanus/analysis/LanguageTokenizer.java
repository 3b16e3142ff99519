package dev.elanus.analysis;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionLengthAttribute;
import org.jspecify.annotations.Nullable;

/** Cuts each text by the analyzer of its language. */
final class LanguageTokenizer extends Tokenizer {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final OffsetAttribute offsets = addAttribute(OffsetAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
    private final PositionLengthAttribute length = addAttribute(PositionLengthAttribute.class);
    private final LanguageIdentifier identifier;
    private final NamedAnalyzers analyzers;
    private final Map<TextAnalyzer, TextAnalyzer.Pass> passes = new HashMap<>();
    private @Nullable TokenStream tokens;
    private int end;

    LanguageTokenizer(LanguageIdentifier identifier, NamedAnalyzers analyzers) {
        this.identifier = identifier;
        this.analyzers = analyzers;
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        String text = text(input);
        end = text.length();
        tokens = passes.computeIfAbsent(analyzers.named(identifier.identify(text)), TextAnalyzer::pass)
                .open(text);
    }

    @Override
    public boolean incrementToken() throws IOException {
        clearAttributes();
        if (tokens == null || !tokens.incrementToken()) {
            return false;
        }
        term.append(tokens.getAttribute(CharTermAttribute.class));
        OffsetAttribute place = tokens.getAttribute(OffsetAttribute.class);
        offsets.setOffset(correctOffset(place.startOffset()), correctOffset(place.endOffset()));
        increment.setPositionIncrement(
                tokens.getAttribute(PositionIncrementAttribute.class).getPositionIncrement());
        length.setPositionLength(
                tokens.getAttribute(PositionLengthAttribute.class).getPositionLength());
        return true;
    }

    @Override
    public void end() throws IOException {
        super.end();
        offsets.setOffset(correctOffset(end), correctOffset(end));
    }

    @Override
    public void close() throws IOException {
        super.close();
        if (tokens != null) {
            tokens.close();
            tokens = null;
        }
    }

    private static String text(Reader reader) throws IOException {
        StringWriter text = new StringWriter();
        reader.transferTo(text);
        return text.toString();
    }
}
