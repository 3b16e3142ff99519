package dev.elanus.filter;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number that a text begins with, as C's {@code strtod} reads it: what {@code json_cast_function} STRING_TO_DOUBLE makes of a text. */
final class LeadingNumber {
    private static final Pattern NUMBER = Pattern.compile(
            "[ \\t\\n\\x0B\\f\\r]*([+-]?)(?:(inf(?:inity)?)|(nan)"
                    + "|(0x(?:[0-9a-f]+\\.?[0-9a-f]*|\\.[0-9a-f]+))(p[+-]?[0-9]+)?"
                    + "|((?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:e[+-]?[0-9]+)?))",
            Pattern.CASE_INSENSITIVE);

    private LeadingNumber() {}

    /** Nothing where there is none, or one that float64 cannot hold. */
    static OptionalDouble of(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.lookingAt()) {
            return OptionalDouble.empty();
        }
        double size;
        if (matcher.group(2) != null) {
            size = Double.POSITIVE_INFINITY;
        } else if (matcher.group(3) != null) {
            size = Double.NaN;
        } else {
            String digits = matcher.group(4) == null
                    ? matcher.group(6)
                    : matcher.group(4) + (matcher.group(5) == null ? "p0" : matcher.group(5));
            size = Double.parseDouble(digits.toLowerCase(Locale.ROOT));
            if (Double.isInfinite(size)) {
                return OptionalDouble.empty();
            }
        }
        return OptionalDouble.of(matcher.group(1).equals("-") ? -size : size);
    }
}
