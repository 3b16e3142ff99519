package dev.elanus.analysis;

import org.apache.lucene.analysis.cn.smart.HMMChineseTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/** Words and punctuation by Lucene's dictionary, spelled as in the text: Lucene makes letters small and all punctuation a comma. */
final class ChineseTokenizer extends HMMChineseTokenizer {
    private static final String ENDS = "。，！？；、 ";

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final OffsetAttribute offsets = addAttribute(OffsetAttribute.class);

    /** A long text is cut into words a part at a time; no word goes beyond one of these. */
    @Override
    protected boolean isSafeEnd(char last) {
        return super.isSafeEnd(last) || ENDS.indexOf(last) >= 0;
    }

    @Override
    protected boolean incrementWord() {
        if (!super.incrementWord()) {
            return false;
        }
        int start = offsets.startOffset() - offset;
        term.copyBuffer(buffer, start, offsets.endOffset() - offsets.startOffset());
        return true;
    }
}
