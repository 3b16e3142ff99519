package dev.elanus.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** Splits a token into words of a list where it consists of nothing else, and leaves it whole otherwise. */
final class CompoundWords extends TokenFilter {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
    private final Set<String> words;
    private final Deque<String> parts = new ArrayDeque<>();
    private State whole = captureState();

    CompoundWords(TokenStream input, Set<String> words) {
        super(input);
        this.words = words;
    }

    @Override
    public boolean incrementToken() throws java.io.IOException {
        if (parts.isEmpty()) {
            if (!input.incrementToken()) {
                return false;
            }
            parts.addAll(split(term.toString()));
            if (parts.size() < 2) {
                parts.clear();
                return true;
            }
            whole = captureState();
            term.setEmpty().append(parts.removeFirst());
            return true;
        }
        restoreState(whole);
        term.setEmpty().append(parts.removeFirst());
        increment.setPositionIncrement(0);
        return true;
    }

    @Override
    public void reset() throws java.io.IOException {
        super.reset();
        parts.clear();
    }

    /** The words that the text consists of, the longest first wherever there is a choice; none if there is no such split. */
    private List<String> split(String text) {
        int[] next = new int[text.length() + 1];
        for (int from = text.length() - 1; from >= 0; from--) {
            for (int to = text.length(); to > from && next[from] == 0; to--) {
                boolean rest = to == text.length() || next[to] > 0;
                if (rest && words.contains(text.substring(from, to))) {
                    next[from] = to;
                }
            }
        }
        List<String> split = new ArrayList<>();
        for (int at = 0; at < text.length() && next[at] > 0; at = next[at]) {
            split.add(text.substring(at, next[at]));
        }
        return split;
    }
}
