package dev.elanus.search;

import dev.elanus.error.Invalid;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Search parameters that are not an index's, from text. */
final class SearchNumbers {
    private SearchNumbers() {}

    static long integer(Map<String, String> params, String name, long absent) {
        String text = params.get(name);
        try {
            return text == null || text.isBlank() ? absent : Long.parseLong(text.strip());
        } catch (NumberFormatException _) {
            throw Invalid.of("search parameter " + name, "an integer", text);
        }
    }

    /** @return null if it is absent */
    static @Nullable Float number(Map<String, String> params, String name) {
        String text = params.get(name);
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            float number = (float) Double.parseDouble(text.strip());
            if (!Float.isNaN(number)) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Refused like a number that is none.
        }
        throw Invalid.of("search parameter " + name, "a number", text);
    }

    /** Reads what Go's ParseBool reads. */
    static boolean flag(Map<String, String> params, String name) {
        String text = params.getOrDefault(name, "");
        return switch (text) {
            case "1", "t", "T", "TRUE", "true", "True" -> true;
            case "0", "f", "F", "FALSE", "false", "False", "" -> false;
            default -> throw Invalid.of("search parameter " + name, "a boolean", text);
        };
    }
}
