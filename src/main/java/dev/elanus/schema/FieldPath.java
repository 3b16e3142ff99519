package dev.elanus.schema;

import dev.elanus.error.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A field, or a place within the JSON of one, as clients write it: {@code price}, {@code info["a"][0]}, or a dynamic key.
 *
 * @param keys that lead to the place, one for each level; empty for the whole field
 */
public record FieldPath(Field field, List<String> keys) {
    private static final Pattern SUBSCRIPT =
            Pattern.compile("\\[\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|'((?:[^'\\\\]|\\\\.)*)'|(\\d+))\\s*]");

    public FieldPath {
        keys = List.copyOf(keys);
    }

    /**
     * Finds what a text names. A name that is no field's is a dynamic key, where those are enabled.
     *
     * @return nothing where there is neither
     * @throws Invalid if what follows the name is not a path
     */
    public static Optional<FieldPath> find(CollectionSchema schema, String text) {
        Optional<Field> whole = schema.find(text);
        if (whole.isPresent()) {
            return whole.map(field -> new FieldPath(field, List.of()));
        }
        int bracket = text.indexOf('[');
        String name = bracket < 0 ? text : text.substring(0, bracket);
        List<String> keys = bracket < 0 ? List.of() : subscripts(text, bracket);
        Optional<Field> field = schema.find(name);
        if (field.isPresent()) {
            return Optional.of(new FieldPath(field.get(), keys));
        }
        return schema.dynamicField().map(dynamic -> {
            List<String> all = new ArrayList<>(List.of(name));
            all.addAll(keys);
            return new FieldPath(dynamic, all);
        });
    }

    /**
     * The keys of a path that starts with the field's name, or of one within it; in the dynamic field another name is a key.
     *
     * @throws Invalid if it is a path in another field, or none
     */
    public static List<String> within(Field field, String text) {
        int bracket = text.indexOf('[');
        String name = bracket < 0 ? text : text.substring(0, bracket);
        List<String> keys = new ArrayList<>();
        if (!name.isEmpty() && !name.equals(field.name())) {
            if (!field.dynamic()) {
                throw new Invalid("json_path " + text + ": expected a path in " + field.name());
            }
            keys.add(name);
        }
        keys.addAll(subscripts(text, bracket < 0 ? text.length() : bracket));
        return keys;
    }

    /** @throws Invalid if the text is not subscripts from there to its end */
    private static List<String> subscripts(String text, int from) {
        List<String> keys = new ArrayList<>();
        Matcher subscripts = SUBSCRIPT.matcher(text);
        int at = from;
        while (at < text.length()) {
            if (!subscripts.find(at) || subscripts.start() != at) {
                throw new Invalid("json_path " + text + ": expected a key in quotes and brackets at offset " + at);
            }
            keys.add(key(subscripts));
            at = subscripts.end();
        }
        return keys;
    }

    private static String key(Matcher subscript) {
        for (int group = 1; group <= 2; group++) {
            if (subscript.group(group) != null) {
                return subscript.group(group).replaceAll("\\\\(.)", "$1");
            }
        }
        return subscript.group(3);
    }
}
