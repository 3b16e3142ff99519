package dev.elanus.filter;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern of {@code like}: {@code %} stands for any run of characters, {@code _} for one, a backslash takes the next character as it is.
 * Matches whole UTF-8 texts. Immutable.
 */
public final class LikePattern {
    private static final int ANY_RUN = -1;
    private static final int ANY_ONE = -2;

    private final String text;
    /** Bytes of the text that must be there, or one of the constants. */
    private final int[] steps;

    private LikePattern(String text, int[] steps) {
        this.text = text;
        this.steps = steps;
    }

    public static LikePattern parse(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int[] steps = new int[utf8.length];
        int count = 0;
        for (int at = 0; at < utf8.length; at++) {
            if (utf8[at] == '\\' && at + 1 < utf8.length) {
                steps[count++] = utf8[++at] & 0xff;
            } else if (utf8[at] == '%') {
                if (count == 0 || steps[count - 1] != ANY_RUN) {
                    steps[count++] = ANY_RUN;
                }
            } else {
                steps[count++] = utf8[at] == '_' ? ANY_ONE : utf8[at] & 0xff;
            }
        }
        return new LikePattern(text, Arrays.copyOf(steps, count));
    }

    /** The characters that every match begins with. */
    public String prefix() {
        int end = prefixLength();
        byte[] utf8 = new byte[end];
        for (int i = 0; i < end; i++) {
            utf8[i] = (byte) steps[i];
        }
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** The runs of characters that every match contains. */
    public List<String> literals() {
        List<String> literals = new ArrayList<>();
        ByteArrayOutputStream run = new ByteArrayOutputStream();
        for (int i = 0; i <= steps.length; i++) {
            if (i < steps.length && steps[i] >= 0) {
                run.write(steps[i]);
            } else if (run.size() > 0) {
                literals.add(run.toString(StandardCharsets.UTF_8));
                run.reset();
            }
        }
        return literals;
    }

    /** Whether everything that begins with the prefix matches. */
    public boolean isPrefixOnly() {
        return prefixLength() == steps.length - 1 && steps[steps.length - 1] == ANY_RUN;
    }

    private int prefixLength() {
        int length = 0;
        while (length < steps.length && steps[length] >= 0) {
            length++;
        }
        return length;
    }

    /** Whether the bytes from {@code start} to {@code end} match as a whole. */
    public boolean matches(byte[] utf8, int start, int end) {
        int step = 0;
        int at = start;
        int runStep = -1;
        int runAt = start;
        while (at < end) {
            if (step < steps.length && steps[step] == ANY_RUN) {
                runStep = step++;
                runAt = at;
            } else if (step < steps.length && steps[step] == ANY_ONE) {
                step++;
                at = nextCharacter(utf8, at, end);
            } else if (step < steps.length && steps[step] == (utf8[at] & 0xff)) {
                step++;
                at++;
            } else if (runStep >= 0) {
                // The last run takes one character more. Earlier runs need not: they took the least that was possible.
                step = runStep + 1;
                runAt = nextCharacter(utf8, runAt, end);
                at = runAt;
            } else {
                return false;
            }
        }
        while (step < steps.length && steps[step] == ANY_RUN) {
            step++;
        }
        return step == steps.length;
    }

    boolean matches(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return matches(utf8, 0, utf8.length);
    }

    private static int nextCharacter(byte[] utf8, int at, int end) {
        int next = at + 1;
        while (next < end && (utf8[next] & 0xc0) == 0x80) {
            next++;
        }
        return next;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LikePattern pattern && pattern.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
