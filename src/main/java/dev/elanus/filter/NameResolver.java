package dev.elanus.filter;

import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what names and paths mean in a schema. A name that no field has is a dynamic key, where there are any. */
record NameResolver(CollectionSchema schema, LiteralReader literals, FilterErrors errors) {
    Operand name(String name, Place place) {
        return of(name, List.of(), place);
    }

    /** @param path a name with its subscripts, as one token */
    Operand path(String path, Place place) {
        int bracket = path.indexOf('[');
        List<String> keys = new ArrayList<>();
        boolean isArray = schema.find(path.substring(0, bracket))
                .filter(field -> field.type() == DataType.ARRAY)
                .isPresent();
        for (int at = bracket; at < path.length(); ) {
            int start = at + 1;
            char first = path.charAt(start);
            int end = first == '"' || first == '\'' ? closingQuote(path, start) + 1 : path.indexOf(']', start);
            String key = path.substring(start, end);
            boolean quoted = first == '"' || first == '\'';
            if (quoted && key.length() == 2) {
                throw errors.invalid("invalid identifier: " + path, place);
            }
            if (quoted && isArray) {
                throw errors.invalid("can only access array field with integer index", place);
            }
            keys.add(quoted ? literals.unquote(key, place) : key);
            at = end + 1;
        }
        return of(path.substring(0, bracket), keys, place);
    }

    private Operand of(String name, List<String> keys, Place place) {
        Optional<Field> found = schema.find(name);
        if (found.isEmpty()) {
            Field dynamic =
                    schema.dynamicField().orElseThrow(() -> errors.invalid("field " + name + " not exist", place));
            List<String> path = new ArrayList<>(keys);
            path.addFirst(name);
            return new Operand.JsonPath(dynamic.id(), path, false, place);
        }
        Field field = found.get();
        if (field.type() == DataType.JSON) {
            return new Operand.JsonPath(field.id(), keys, false, place);
        }
        if (field.type() == DataType.ARRAY) {
            return keys.isEmpty()
                    ? new Operand.ArrayField(field.id(), field.elementType(), place)
                    : new Operand.FieldValue(field.id(), field.elementType(), index(keys, place), place);
        }
        if (!keys.isEmpty()) {
            throw errors.invalid(field.type().text() + " data type not supported accessed with []", place);
        }
        return new Operand.FieldValue(field.id(), field.type(), Operand.FieldValue.WHOLE, place);
    }

    private int index(List<String> keys, Place place) {
        if (keys.size() != 1 || !keys.getFirst().matches("[0-9]{1,9}")) {
            throw errors.invalid("can only access array field with integer index", place);
        }
        return Integer.parseInt(keys.getFirst());
    }

    private static int closingQuote(String path, int open) {
        char quote = path.charAt(open);
        int at = open + 1;
        while (path.charAt(at) != quote) {
            at += path.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }
}
