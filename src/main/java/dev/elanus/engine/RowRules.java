package dev.elanus.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Columns;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.SchemaRules;
import dev.elanus.schema.Trait;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rows must keep to fit their collection, in the words of Milvus. Decoders ask value by value, so that they can say where a value came
 * from; {@link IncomingRows} asks again for whole columns, because the engine trusts nobody.
 */
public final class RowRules {
    private static final JsonFactory JSON = new JsonFactory();

    private RowRules() {}

    /** @return {@code value}, which fits the integer type of the field or of its elements */
    public static long checkRange(Field field, int row, long value) {
        DataType type = field.type() == DataType.ARRAY ? field.elementType() : field.type();
        int bits = type.width() * 8;
        long highest = bits == 64 ? Long.MAX_VALUE : (1L << bits - 1) - 1;
        if (value > highest || value < -highest - 1) {
            throw Invalid.of(
                    "field " + field.name() + ": the " + row + "th element (" + value + ") out of range: ["
                            + (-highest - 1) + ", " + highest + "]",
                    "integer doesn't overflow",
                    "out of range");
        }
        return value;
    }

    /** @return {@code utf8}, which is not too long for the field */
    public static byte[] checkText(Field field, int row, byte[] utf8) {
        checkLength(field, row, utf8.length);
        return utf8;
    }

    static void checkLength(Field field, int row, int length) {
        if (length > field.maxLength()) {
            throw new Invalid("length of varchar field " + field.name() + " exceeds max length, row number: " + row
                    + ", length: " + length + ", max length: " + field.maxLength() + ": invalid parameter");
        }
    }

    /** @return {@code utf8}, which is one JSON value and not too long */
    public static byte[] checkJson(Field field, int row, byte[] utf8) {
        if (utf8.length > SchemaRules.MAX_JSON_BYTES) {
            throw new Invalid("the length (" + utf8.length + ") of json field (" + field.name()
                    + ") exceeds max length (" + SchemaRules.MAX_JSON_BYTES + "), row number: " + row
                    + ": invalid parameter");
        }
        checkWellFormed(utf8, "json field " + field.name() + ", row number: " + row);
        return utf8;
    }

    /** @throws Invalid if a component is NaN or infinite */
    public static void checkFinite(Field field, int row, float[] vector) {
        for (float value : vector) {
            // A finite number minus itself is zero; NaN and the infinities give NaN.
            if (value - value != 0) {
                throw notFinite(field, row, value);
            }
        }
    }

    /** The refusal of a component that is NaN or infinite. */
    public static Invalid notFinite(Field field, int row, double value) {
        return new Invalid("value '" + value + "' of vector field " + field.name() + ", row number: " + row
                + " is not a number or infinity: invalid parameter[expected=finite numbers][actual=" + value + "]");
    }

    /** A row without a value: the default where there is one, or else null. */
    public static void addAbsent(ColumnBuilder builder, Field field) {
        builder.addAbsent();
    }

    /** @throws Invalid if a row's dynamic keys are no object or hide a field */
    public static void checkDynamic(CollectionSchema schema, @Nullable Column column) {
        if (!(column instanceof BytesColumn rows)) {
            return;
        }
        for (int row = 0; row < rows.rowCount(); row++) {
            try (JsonParser parser = JSON.createParser(rows.bytesAt(row))) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw new Invalid("invalid dynamic field data, only json map is supported: row number: " + row
                            + ": invalid parameter");
                }
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    checkDynamicKey(schema, parser.currentName());
                    parser.nextToken();
                    parser.skipChildren();
                }
            } catch (IOException failure) {
                throw new Invalid("dynamic field, row number: " + row + ": " + firstLine(failure));
            }
        }
    }

    /** @throws Invalid if the key hides a field */
    public static void checkDynamicKey(CollectionSchema schema, String key) {
        if (key.equals(CollectionSchema.DYNAMIC_FIELD)) {
            throw new Invalid("cannot set json key to: $meta: invalid parameter");
        }
        if (schema.find(key).isPresent()) {
            throw new Invalid(
                    "dynamic field name cannot include the static field name: " + key + ": invalid parameter");
        }
    }

    /**
     * Checks that every field is there that must be.
     *
     * @param kind tells what may be absent: of an update all but the key, which must be there even where it is generated
     */
    public static void checkComplete(CollectionSchema schema, Columns rows, WriteKind kind) {
        boolean byKey = kind != WriteKind.INSERT;
        for (Field field : schema.visibleFields()) {
            boolean given = rows.has(field.id());
            if (field.functionOutput()) {
                if (given) {
                    throw new Invalid("Attempt to insert an unexpected function output field `" + field.name()
                            + "` to collection: invalid parameter");
                }
                continue;
            }
            if (field.primaryKey() && byKey && !given) {
                throw new Invalid("must assign pk when upsert, primary field: " + field.name() + ": invalid parameter");
            }
            if (field.primaryKey() && field.autoId() && !byKey) {
                if (given && !field.is(Trait.GIVEN_KEYS)) {
                    throw unexpectedKey(schema, rows);
                }
            } else if (!given && !field.nullable() && field.defaultValue() == null && kind != WriteKind.UPDATE) {
                throw absent(field);
            }
        }
    }

    /** The refusal of rows with keys that are generated: Milvus counts them twice, the given ones and the generated ones. */
    private static Invalid unexpectedKey(CollectionSchema schema, Columns rows) {
        List<Field> fields = schema.fields().stream()
                .filter(field -> field.id() >= CollectionSchema.FIRST_USER_FIELD_ID)
                .toList();
        return Invalid.of("more fieldData has pass in", fields.size(), fields.size() + 1);
    }

    /** The refusal of rows without a field that they need. */
    static Invalid absent(Field field) {
        return new Invalid(
                "fieldSchema(" + field.name() + ") has no corresponding fieldData pass in: invalid parameter");
    }

    /** Walks a text without building anything. */
    private static void checkWellFormed(byte[] utf8, String what) {
        try (JsonParser parser = JSON.createParser(utf8)) {
            if (parser.nextToken() == null) {
                throw new Invalid(what + ": expected JSON, found nothing");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new Invalid(what + ": expected one JSON value, found text behind it");
            }
        } catch (IOException malformed) {
            throw new Invalid(what + ": expected JSON, found " + firstLine(malformed));
        }
    }

    private static String firstLine(IOException malformed) {
        String message = String.valueOf(malformed.getMessage());
        return message.lines().findFirst().orElse(message);
    }
}
