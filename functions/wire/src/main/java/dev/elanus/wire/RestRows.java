package dev.elanus.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Columns;
import dev.elanus.column.Geometries;
import dev.elanus.column.VectorElements;
import dev.elanus.engine.RowRules;
import dev.elanus.engine.SparseRules;
import dev.elanus.engine.WriteKind;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import dev.elanus.schema.StructSchema;
import dev.elanus.schema.TimestampText;
import dev.elanus.schema.Trait;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Rows as REST carries them: one JSON object each. */
public final class RestRows {
    private final CollectionSchema schema;
    private final List<JsonNode> rows;

    private RestRows(CollectionSchema schema, List<JsonNode> rows) {
        this.schema = schema;
        this.rows = rows;
    }

    /**
     * The columns of the rows under {@code data}: one object or a list of them.
     *
     * @param kind tells which fields may be absent; those of an update are absent in all rows or in none
     * @throws RestFailure for the first value that does not fit, naming field, expected and found
     */
    public static Columns decode(CollectionSchema schema, RestBody body, WriteKind kind) {
        JsonNode data = body.member("data");
        if (data.isMissingNode() || data.isContainerNode() && data.isEmpty()) {
            throw body.missing("data");
        }
        List<JsonNode> rows =
                data.isArray() ? StreamSupport.stream(data.spliterator(), false).toList() : List.of(data);
        for (JsonNode row : rows) {
            if (!row.isObject()) {
                throw RestFailure.notJson("data: expected objects, found " + row);
            }
        }
        try {
            RestRows decoder = new RestRows(schema, rows);
            if (kind == WriteKind.UPDATE) {
                decoder.checkAlike();
            }
            Columns columns = decoder.columns();
            Field key = schema.primaryKey();
            if (kind == WriteKind.INSERT && key.autoId() && !key.is(Trait.GIVEN_KEYS) && columns.has(key.id())) {
                throw new Invalid("no need to pass pk field(" + key.name() + ") when autoid==true in insert");
            }
            RowRules.checkComplete(schema, columns, kind);
            return columns;
        } catch (Invalid failure) {
            throw RestFailure.row(Statuses.message(failure));
        }
    }

    /** An absent field of an update stays as it is, and is not set to null because another row has it. */
    private void checkAlike() {
        for (Field field : schema.visibleFields()) {
            long having = rows.stream().filter(row -> row.has(field.name())).count();
            if (having != 0 && having != rows.size()) {
                throw new Invalid("fieldSchema(" + field.name() + ") has no corresponding fieldData pass in: "
                        + "expected it in all rows of a partial update or in none, found it in " + having + " of "
                        + rows.size() + ": invalid parameter");
            }
        }
    }

    private Columns columns() {
        Map<Integer, Column> columns = new LinkedHashMap<>();
        for (Field field : schema.visibleFields()) {
            Optional<StructSchema> struct = schema.structOf(field);
            String name = struct.map(StructSchema::name).orElse(field.name());
            if (rows.stream().anyMatch(row -> row.has(name))) {
                Column column =
                        struct.isEmpty() ? column(field) : RestStructs.decode(schema, struct.get(), field, rows);
                columns.put(field.id(), column);
            }
        }
        for (JsonNode row : rows) {
            checkNames(row);
        }
        schema.dynamicField().ifPresent(field -> columns.put(field.id(), dynamic(field)));
        return new Columns(rows.size(), columns);
    }

    private Column column(Field field) {
        ColumnBuilder builder = ColumnBuilder.of(field, rows.size());
        for (int row = 0; row < rows.size(); row++) {
            JsonNode value = rows.get(row).path(field.name());
            if (!value.isNull() && !value.isMissingNode()) {
                add(builder, field, row, value);
            } else if (field.nullable() || field.defaultValue() != null) {
                RowRules.addAbsent(builder, field);
            } else {
                throw wrong(field, row, "");
            }
        }
        return builder.build();
    }

    private void add(ColumnBuilder builder, Field field, int row, JsonNode value) {
        switch (field.type()) {
            case BOOL -> builder.add(bool(field, row, value) ? 1L : 0L);
            case INT8, INT16, INT32, INT64 -> builder.add(RowRules.checkRange(field, row, integer(field, row, value)));
            case FLOAT, DOUBLE -> builder.add(floating(field, row, value));
            case VARCHAR -> {
                byte[] utf8 = text(field, row, value).getBytes(StandardCharsets.UTF_8);
                builder.add(RowRules.checkText(field, row, utf8));
            }
            case JSON ->
                builder.add(RowRules.checkJson(field, row, value.toString().getBytes(StandardCharsets.UTF_8)));
            case ARRAY -> builder.add(present(field, row, value, RestArrays.decode(field, row, value)));
            case GEOMETRY -> builder.add(Geometries.wkb(text(field, row, value)));
            case TIMESTAMPTZ -> builder.add(TimestampText.parse(text(field, row, value), schema.zone()));
            case FLOAT_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR, BINARY_VECTOR, INT8_VECTOR ->
                builder.add(vector(field, row, value));
            case SPARSE_FLOAT_VECTOR -> {
                byte[] pairs = present(field, row, value, RestVectors.decode(field.type(), value));
                SparseRules.check(MemorySegment.ofArray(pairs));
                builder.add(pairs);
            }
        }
    }

    private static boolean bool(Field field, int row, JsonNode value) {
        return switch (value.asText()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(field, row, value);
        };
    }

    private static long integer(Field field, int row, JsonNode value) {
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        try {
            return Long.parseLong(value.isTextual() ? value.textValue() : "");
        } catch (NumberFormatException _) {
            throw wrong(field, row, value);
        }
    }

    private static double floating(Field field, int row, JsonNode value) {
        if (value.isNumber()) {
            return value.doubleValue();
        }
        try {
            return Double.parseDouble(value.isTextual() ? value.textValue() : "");
        } catch (NumberFormatException _) {
            throw wrong(field, row, value);
        }
    }

    private static String text(Field field, int row, JsonNode value) {
        if (!value.isTextual()) {
            throw wrong(field, row, value);
        }
        return value.textValue();
    }

    private static byte[] vector(Field field, int row, JsonNode value) {
        byte[] vector = present(field, row, value, RestVectors.decode(field.type(), value));
        if (vector.length != field.rowWidth()) {
            long actual = (long) vector.length * field.dimension() / field.rowWidth();
            throw Invalid.of(
                    "the dim (" + actual + ") of field data(" + field.name() + ") is not equal to schema dim ("
                            + field.dimension() + ")",
                    field.dimension(),
                    actual);
        }
        float[] numbers = new float[field.dimension()];
        VectorElements.read(field.type(), MemorySegment.ofArray(vector), 0, numbers);
        RowRules.checkFinite(field, row, numbers);
        return vector;
    }

    private static byte[] present(Field field, int row, JsonNode value, byte @Nullable [] decoded) {
        if (decoded == null) {
            throw wrong(field, row, value);
        }
        return decoded;
    }

    private void checkNames(JsonNode row) {
        row.fieldNames().forEachRemaining(name -> {
            if (!isField(name)) {
                if (!schema.dynamicFieldEnabled()) {
                    throw new Invalid("has pass more field without dynamic schema, please check it: " + name);
                }
                RowRules.checkDynamicKey(schema, name);
            }
        });
    }

    private boolean isField(String name) {
        return schema.visibleFields().stream()
                .anyMatch(field -> schema.structOf(field)
                        .map(StructSchema::name)
                        .orElse(field.name())
                        .equals(name));
    }

    private Column dynamic(Field field) {
        ColumnBuilder builder = ColumnBuilder.of(field, rows.size());
        for (int row = 0; row < rows.size(); row++) {
            ObjectNode rest = Json.mapper().createObjectNode();
            rows.get(row).properties().forEach(member -> {
                if (!isField(member.getKey()) && !member.getValue().isNull()) {
                    rest.set(member.getKey(), member.getValue());
                }
            });
            builder.add(RowRules.checkJson(field, row, rest.toString().getBytes(StandardCharsets.UTF_8)));
        }
        return builder.build();
    }

    private static Invalid wrong(Field field, int row, Object found) {
        String what = field.type().isVector() ? "missing vector field: " : "field ";
        return Invalid.of(
                what + field.name() + ", row number: " + row, field.type().text(), found);
    }
}
