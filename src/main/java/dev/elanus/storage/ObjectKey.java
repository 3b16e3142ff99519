package dev.elanus.storage;

/** What every store asks of a key, so that one which works in memory also works as a file and as an object of S3. */
final class ObjectKey {
    private static final int MAX_LENGTH = 900;
    private static final int MAX_SEGMENT_LENGTH = 255;

    private ObjectKey() {}

    /**
     * @throws IllegalArgumentException unless the key is of segments joined by {@code /}, each of 1 to 255 letters, digits, {@code .},
     *     {@code -}, {@code _} and {@code $} and not starting with a dot
     */
    static void check(String key) {
        if (key.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "object key: expected at most " + MAX_LENGTH + " characters, found " + key.length());
        }
        int start = 0;
        for (int at = 0; at <= key.length(); at++) {
            if (at == key.length() || key.charAt(at) == '/') {
                if (at == start || at - start > MAX_SEGMENT_LENGTH || key.charAt(start) == '.') {
                    throw new IllegalArgumentException("object key: expected segments of 1 to " + MAX_SEGMENT_LENGTH
                            + " characters that do not start with a dot, found \"" + key + "\"");
                }
                start = at + 1;
            } else if (!isAllowed(key.charAt(at))) {
                throw new IllegalArgumentException("object key: expected letters, digits and . - _ $, found \"" + key
                        + "\" with an other character at " + at);
            }
        }
    }

    private static boolean isAllowed(char character) {
        return character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9'
                || character == '.'
                || character == '-'
                || character == '_'
                || character == '$';
    }
}
