package dev.elanus.filter;

import java.util.Locale;
import java.util.Set;

/** The functions of the filter language. All are parsed; none is evaluated yet, and each is refused by its name. */
final class Functions {
    private static final Set<String> NAMES = Set.of(
            "json_contains",
            "json_contains_all",
            "json_contains_any",
            "array_contains",
            "array_contains_all",
            "array_contains_any",
            "array_length",
            "text_match",
            "phrase_match",
            "random_sample",
            "st_equals",
            "st_touches",
            "st_overlaps",
            "st_crosses",
            "st_contains",
            "st_intersects",
            "st_within",
            "st_dwithin",
            "st_isvalid",
            "element_filter",
            "match_any",
            "match_all",
            "match_least",
            "match_most",
            "match_exact",
            "empty",
            "starts_with");

    private Functions() {}

    /** Whether Milvus has a function of the name, which is written all lower or all upper. */
    static boolean isKnown(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return NAMES.contains(lower) && (name.equals(lower) || name.equals(name.toUpperCase(Locale.ROOT)));
    }
}
