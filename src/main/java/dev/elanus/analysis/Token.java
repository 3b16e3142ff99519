package dev.elanus.analysis;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A piece of a text.
 *
 * @param text as filters left it
 * @param start where it begins in the text, in bytes of UTF-8
 * @param end where it ends, in bytes of UTF-8
 * @param position its number among the tokens that the tokenizer found, from 0; filters that drop tokens leave gaps
 * @param length positions that it spans
 */
public record Token(String text, int start, int end, int position, int length) {
    private static final long DIMENSIONS = 0xffff_ffffL;

    /** The dimension that stands for the token in a sparse vector: CRC-32 of its UTF-8, modulo 2³²−1, as Milvus numbers terms. */
    public long term() {
        CRC32 checksum = new CRC32();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return checksum.getValue() % DIMENSIONS;
    }
}
