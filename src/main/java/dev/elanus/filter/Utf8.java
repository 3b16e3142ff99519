package dev.elanus.filter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The order of texts: that of their UTF-8 bytes, which is that of their code points and not quite that of Java's chars. */
final class Utf8 {
    private Utf8() {}

    static int compare(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
