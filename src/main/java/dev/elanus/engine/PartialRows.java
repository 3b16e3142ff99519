package dev.elanus.engine;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Columns;
import dev.elanus.column.Keys;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes whole rows of what an update gives and what is stored. */
final class PartialRows {
    private static final int NEW = -1;
    /** Numbers stay as they were written. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Columns given;
    private final Map<String, FieldOperation> operations;
    private final Columns stored;
    /** For each given row the stored one of its key, or {@link #NEW}. */
    private final int[] places;

    private PartialRows(Columns given, Map<String, FieldOperation> operations, Columns stored, int[] places) {
        this.given = given;
        this.operations = operations;
        this.stored = stored;
        this.places = places;
    }

    /**
     * Rows with every field that has a value, in the order of the given ones.
     *
     * @param operations by names of fields; those that are not in it are replaced
     * @param stored the rows of some of the keys, with every field that clients write
     * @throws Invalid if a row is new and has not every field that it needs, or if an array gets too long
     */
    static Columns merge(
            CollectionSchema schema, Columns given, Map<String, FieldOperation> operations, Columns stored) {
        Field key = schema.primaryKey();
        int[] places = places(given.column(key.id()), stored.column(key.id()));
        PartialRows rows = new PartialRows(given, operations, stored, places);
        Map<Integer, Column> columns = new LinkedHashMap<>();
        for (Field field : schema.fields()) {
            if (field.primaryKey()) {
                columns.put(key.id(), given.column(key.id()));
            } else if (!field.functionOutput()) {
                columns.put(field.id(), given.has(field.id()) ? rows.changed(field) : rows.kept(field));
            }
        }
        return new Columns(given.rowCount(), columns);
    }

    /** @throws Invalid if an operation is about no field, or about one that it does not fit or that is not given */
    static void check(CollectionSchema schema, Map<String, FieldOperation> operations, Columns given) {
        operations.forEach((name, operation) -> {
            Field field = schema.field(name);
            if (operation == FieldOperation.REPLACE) {
                return;
            }
            if (field.primaryKey()) {
                throw new Invalid("field \"" + name + "\" is the primary key and cannot carry a partial-update op: "
                        + "invalid parameter");
            }
            if (field.type() != DataType.ARRAY) {
                throw new Invalid("op " + operation + " requires Array field, but field \"" + name + "\" is "
                        + field.type().text() + ": invalid parameter");
            }
            if (!given.has(field.id())) {
                throw new Invalid("partial-update op targets field \"" + name + "\" not present in fields_data: "
                        + "invalid parameter");
            }
        });
    }

    private static int[] places(Column keys, Column storedKeys) {
        Map<Object, Integer> byKey = new HashMap<>();
        for (int row = 0; row < storedKeys.rowCount(); row++) {
            byKey.put(Keys.valueAt(storedKeys, row), row);
        }
        int[] places = new int[keys.rowCount()];
        for (int row = 0; row < places.length; row++) {
            places[row] = byKey.getOrDefault(Keys.valueAt(keys, row), NEW);
        }
        return places;
    }

    private Column kept(Field field) {
        ColumnBuilder builder = ColumnBuilder.of(field, places.length);
        Column before = stored.column(field.id());
        for (int place : places) {
            if (place != NEW) {
                builder.add(before, place);
            } else if (field.dynamic()) {
                builder.add("{}");
            } else if (field.nullable() || field.defaultValue() != null) {
                RowRules.addAbsent(builder, field);
            } else {
                throw RowRules.absent(field);
            }
        }
        return builder.build();
    }

    private Column changed(Field field) {
        FieldOperation operation = operations.getOrDefault(field.name(), FieldOperation.REPLACE);
        Column values = given.column(field.id());
        if (operation == FieldOperation.REPLACE && !field.dynamic()) {
            return values;
        }
        Column before = stored.column(field.id());
        ColumnBuilder builder = ColumnBuilder.of(field, places.length);
        for (int row = 0; row < places.length; row++) {
            boolean isNew = places[row] == NEW || before.isNull(places[row]);
            if (values.isNull(row)) {
                addStored(builder, before, places[row]);
            } else if (field.dynamic()) {
                builder.add(isNew ? bytes(values, row) : merged(bytes(before, places[row]), bytes(values, row)));
            } else {
                byte[] old = isNew ? new byte[0] : bytes(before, places[row]);
                builder.add(ArrayChange.apply(field, operation, old, bytes(values, row)));
            }
        }
        return builder.build();
    }

    private static void addStored(ColumnBuilder builder, Column before, int place) {
        if (place == NEW) {
            builder.addNull();
        } else {
            builder.add(before, place);
        }
    }

    private static byte[] bytes(Column column, int row) {
        return ((BytesColumn) column).bytesAt(row);
    }

    /** The members of both, those of the second where both have one. */
    private static byte[] merged(byte[] before, byte[] changes) {
        try {
            JsonNode changed = JSON.readTree(changes);
            ObjectNode whole = (ObjectNode) JSON.readTree(before);
            whole.setAll((ObjectNode) changed);
            return JSON.writeValueAsBytes(whole);
        } catch (IOException failure) {
            throw new Invalid("dynamic field cannot be merged: " + failure.getMessage());
        }
    }
}
