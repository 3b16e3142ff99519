package dev.elanus.analysis;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cn.smart.HMMChineseTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/**
 * Puts before each Chinese word the shorter words that it holds, so that a search for one of them finds it: words of two characters in words of
 * three and more, and words of three in longer ones, as jieba's mode for searches has it. A word is what the tokenizer leaves whole.
 */
final class SubWords extends TokenFilter {
    /** Words are looked at once as long as there are no more than these. */
    private static final int KNOWN = 10_000;

    /** A word within a word. */
    private record Part(String text, int start) {}

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final OffsetAttribute offsets = addAttribute(OffsetAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
    private final HMMChineseTokenizer words = new HMMChineseTokenizer();
    private final Map<String, List<Part>> known = new HashMap<>();
    private final Deque<Part> parts = new ArrayDeque<>();
    private State whole = captureState();
    private boolean wholeIsLeft;

    SubWords(TokenStream input) {
        super(input);
    }

    @Override
    public boolean incrementToken() throws IOException {
        if (wholeIsLeft) {
            restoreState(whole);
            increment.setPositionIncrement(0);
            if (parts.isEmpty()) {
                wholeIsLeft = false;
            } else {
                become(parts.removeFirst());
            }
            return true;
        }
        if (!input.incrementToken()) {
            return false;
        }
        parts.addAll(partsOf(term.toString()));
        if (!parts.isEmpty()) {
            whole = captureState();
            wholeIsLeft = true;
            become(parts.removeFirst());
        }
        return true;
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        parts.clear();
        wholeIsLeft = false;
    }

    private void become(Part part) {
        int start = offsets.startOffset() + part.start();
        term.setEmpty().append(part.text());
        offsets.setOffset(start, start + part.text().length());
    }

    private List<Part> partsOf(String word) throws IOException {
        if (word.length() < 3 || !word.codePoints().allMatch(KeptTokens::isChinese)) {
            return List.of();
        }
        List<Part> found = known.get(word);
        if (found == null) {
            found = new ArrayList<>();
            for (int length = 2; length <= 3 && length < word.length(); length++) {
                for (int start = 0; start + length <= word.length(); start++) {
                    String part = word.substring(start, start + length);
                    if (isWord(part)) {
                        found.add(new Part(part, start));
                    }
                }
            }
            if (known.size() == KNOWN) {
                known.clear();
            }
            known.put(word, found);
        }
        return found;
    }

    private boolean isWord(String text) throws IOException {
        words.setReader(new StringReader(text));
        words.reset();
        int count = 0;
        while (words.incrementToken()) {
            count++;
        }
        words.end();
        words.close();
        return count == 1;
    }
}
