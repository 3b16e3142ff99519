package dev.elanus.column;

/** A run of bytes in one object: {@code length} bytes from {@code offset}. */
public record ByteRange(long offset, long length) {
    public ByteRange {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException(
                    "byte range: expected no negative number, found " + offset + "+" + length);
        }
    }

    /** The first byte behind the range. */
    public long end() {
        return offset + length;
    }
}
