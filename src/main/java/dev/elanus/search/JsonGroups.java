package dev.elanus.search;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.error.Invalid;
import dev.elanus.filter.JsonValues;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Groups by what lies at a path in JSON. Values of one type make groups, all others are as null; without a type every text, number and boolean
 * makes the group of its JSON, and lists and objects are as null.
 *
 * @param keys that lead to the value
 * @param field as which the values are shown: nullable, of the type that was asked for, or VarChar
 * @param typed whether a type was asked for
 * @param strict whether a value of another type is an error
 */
record JsonGroups(List<String> keys, Field field, boolean typed, boolean strict) {
    private static final int LONGEST = 65_535;

    /**
     * @param name as the client wrote the field
     * @param path that the name leads to
     * @throws Invalid if there is no path within the field, or the type makes no groups
     */
    static JsonGroups of(String name, FieldPath path, Map<String, String> params) {
        List<String> keys = new ArrayList<>(path.keys());
        String more = params.getOrDefault("json_path", "");
        if (!more.isEmpty()) {
            keys.addAll(FieldPath.within(path.field(), more));
        }
        if (keys.isEmpty()) {
            throw new Invalid("unsupported data type JSON for group by operator, unless json_path names a value in it");
        }
        String type = params.getOrDefault("json_type", "");
        Field shown = type.isEmpty() || type.equalsIgnoreCase("VarChar")
                ? Field.varchar(path.field().id(), name, LONGEST)
                : Field.scalar(path.field().id(), name, type(type));
        return new JsonGroups(keys, shown.asNullable(), !type.isEmpty(), SearchNumbers.flag(params, "strict_cast"));
    }

    private static DataType type(String name) {
        for (DataType type : DataType.values()) {
            boolean offered = type == DataType.BOOL || type.isInteger();
            if (offered && type.text().equalsIgnoreCase(name)) {
                return type;
            }
        }
        throw Invalid.of("json_type", "Bool, Int8, Int16, Int32, Int64 or VarChar", name);
    }

    Column values(BytesColumn objects) {
        JsonValues json = JsonValues.of(objects, keys);
        ColumnBuilder builder = ColumnBuilder.of(field, objects.rowCount());
        for (int row = 0; row < objects.rowCount(); row++) {
            Object value = typed ? typed(json, row) : untyped(json, row);
            switch (value) {
                case null -> builder.addNull();
                case Long number -> builder.add(number.longValue());
                case Object text -> builder.add((String) text);
            }
        }
        return builder.build();
    }

    private static @Nullable String untyped(JsonValues json, int row) {
        return switch (json.kindAt(row)) {
            case TEXT -> '"' + json.textAt(row) + '"';
            case BOOLEAN -> Boolean.toString(json.booleanAt(row));
            case INTEGER -> Long.toString(json.longAt(row));
            case FLOATING -> Double.toString(json.doubleAt(row));
            case ABSENT, NULL, ARRAY, OBJECT, EMPTY_OBJECT -> null;
        };
    }

    private @Nullable Object typed(JsonValues json, int row) {
        JsonValues.Kind kind = json.kindAt(row);
        DataType type = field.type();
        if (type == DataType.VARCHAR && kind == JsonValues.Kind.TEXT) {
            return json.textAt(row);
        }
        if (type == DataType.BOOL && kind == JsonValues.Kind.BOOLEAN) {
            return json.booleanAt(row) ? 1L : 0L;
        }
        if (type.isInteger() && kind == JsonValues.Kind.INTEGER && fits(json.longAt(row))) {
            return json.longAt(row);
        }
        if (strict && kind != JsonValues.Kind.ABSENT && kind != JsonValues.Kind.NULL) {
            throw new Invalid("group_by_field " + field.name() + ": expected values of json_type " + type.text()
                    + ", as strict_cast says, found " + kind);
        }
        return null;
    }

    private boolean fits(long value) {
        int unused = Long.SIZE - field.type().width() * Byte.SIZE;
        return value << unused >> unused == value;
    }
}
