package dev.elanus.schema;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One field of a collection.
 *
 * @param id assigned by the server: user fields from {@link CollectionSchema#FIRST_USER_FIELD_ID}, in the order of the schema
 * @param dimension number of components of a vector, 0 for other types
 * @param maxLength bytes of UTF-8 that a VarChar may take, 0 for other types
 * @param defaultValue a {@link Boolean}, {@link Long}, {@link Double} or {@link String} as the type asks, or null for none
 * @param typeParams every type parameter as the client gave it, described back unchanged
 */
public record Field(
        int id,
        String name,
        String description,
        DataType type,
        boolean primaryKey,
        boolean autoId,
        boolean nullable,
        boolean dynamic,
        int dimension,
        int maxLength,
        @Nullable Object defaultValue,
        Map<String, String> typeParams) {
    public Field {
        typeParams = Map.copyOf(typeParams);
    }

    /** A plain field of a scalar type: no key, not nullable, no default. */
    public static Field scalar(int id, String name, DataType type) {
        return new Field(id, name, "", type, false, false, false, false, 0, 0, null, Map.of());
    }

    /** A float32 vector field. */
    public static Field vector(int id, String name, int dimension) {
        return new Field(
                id,
                name,
                "",
                DataType.FLOAT_VECTOR,
                false,
                false,
                false,
                false,
                dimension,
                0,
                null,
                Map.of("dim", Integer.toString(dimension)));
    }

    /** A VarChar field. */
    public static Field varchar(int id, String name, int maxLength) {
        return new Field(
                id,
                name,
                "",
                DataType.VARCHAR,
                false,
                false,
                false,
                false,
                0,
                maxLength,
                null,
                Map.of("max_length", Integer.toString(maxLength)));
    }

    /** This field as the primary key. */
    public Field asPrimaryKey(boolean autoId) {
        return new Field(
                id, name, description, type, true, autoId, false, dynamic, dimension, maxLength, null, typeParams);
    }

    /** This field with nulls allowed. */
    public Field asNullable() {
        return new Field(
                id,
                name,
                description,
                type,
                primaryKey,
                autoId,
                true,
                dynamic,
                dimension,
                maxLength,
                defaultValue,
                typeParams);
    }

    /** This field under another id. */
    public Field withId(int newId) {
        return new Field(
                newId,
                name,
                description,
                type,
                primaryKey,
                autoId,
                nullable,
                dynamic,
                dimension,
                maxLength,
                defaultValue,
                typeParams);
    }

    /** Bytes that one row takes in a column, or 0 where rows differ in size. */
    public int rowWidth() {
        return type.isVector() ? dimension * Float.BYTES : type.width();
    }
}
