package dev.elanus.schema;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One field of a collection.
 *
 * @param id assigned by the server: user fields from {@link CollectionSchema#FIRST_USER_FIELD_ID}, in the order of the schema
 * @param defaultValue a {@link Boolean}, {@link Long}, {@link Double} or {@link String} as the type asks, or null for none; of Timestamptz
 *     the microseconds, of Geometry the well-known text
 * @param typeParams every type parameter as the client gave it, described back unchanged
 */
public record Field(
        int id,
        String name,
        String description,
        DataType type,
        ValueShape shape,
        Set<Trait> traits,
        @Nullable Object defaultValue,
        Map<String, String> typeParams) {
    public Field {
        traits = Set.copyOf(traits);
        typeParams = Map.copyOf(typeParams);
    }

    /** A plain field of a scalar type: no key, not nullable, no default. */
    public static Field scalar(int id, String name, DataType type) {
        return new Field(id, name, "", type, ValueShape.PLAIN, Set.of(), null, Map.of());
    }

    /** A float32 vector field. */
    public static Field vector(int id, String name, int dimension) {
        return vector(id, name, DataType.FLOAT_VECTOR, dimension);
    }

    /** A vector field; the dimension of sparse ones is 0. */
    public static Field vector(int id, String name, DataType type, int dimension) {
        Map<String, String> params = dimension == 0 ? Map.of() : Map.of("dim", Integer.toString(dimension));
        return new Field(id, name, "", type, ValueShape.vector(dimension), Set.of(), null, params);
    }

    /** A VarChar field. */
    public static Field varchar(int id, String name, int maxLength) {
        Map<String, String> params = Map.of("max_length", Integer.toString(maxLength));
        return new Field(id, name, "", DataType.VARCHAR, ValueShape.text(maxLength), Set.of(), null, params);
    }

    /** An Array field. @param maxLength bytes of a VarChar element, 0 for other elements */
    public static Field array(int id, String name, DataType element, int maxCapacity, int maxLength) {
        ValueShape shape = new ValueShape(element, 0, maxLength, maxCapacity);
        Map<String, String> params = maxLength == 0
                ? Map.of("max_capacity", Integer.toString(maxCapacity))
                : Map.of("max_capacity", Integer.toString(maxCapacity), "max_length", Integer.toString(maxLength));
        return new Field(id, name, "", DataType.ARRAY, shape, Set.of(), null, params);
    }

    /** The hidden field of dynamic keys. */
    static Field dynamic(int id) {
        return new Field(
                id,
                CollectionSchema.DYNAMIC_FIELD,
                "dynamic schema",
                DataType.JSON,
                ValueShape.PLAIN,
                Set.of(Trait.DYNAMIC),
                null,
                Map.of());
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }

    public boolean primaryKey() {
        return is(Trait.PRIMARY_KEY);
    }

    public boolean autoId() {
        return is(Trait.AUTO_ID);
    }

    public boolean nullable() {
        return is(Trait.NULLABLE);
    }

    /** Whether a row may say nothing of the field. */
    public boolean mayBeAbsent() {
        return nullable() || dynamic() || defaultValue != null;
    }

    public boolean dynamic() {
        return is(Trait.DYNAMIC);
    }

    public boolean partitionKey() {
        return is(Trait.PARTITION_KEY);
    }

    public boolean clusteringKey() {
        return is(Trait.CLUSTERING_KEY);
    }

    public boolean functionOutput() {
        return is(Trait.FUNCTION_OUTPUT);
    }

    /** Whether the field's texts are analyzed, for matching or for full-text search. */
    public boolean analyzed() {
        return isSet("enable_analyzer");
    }

    /** Whether filters may match the field's tokens. */
    public boolean matched() {
        return isSet("enable_match");
    }

    /** What analyzes the field's texts; empty for the standard analyzer. */
    public String analyzerParams() {
        return typeParams.getOrDefault("analyzer_params", "");
    }

    /** Several analyzers and which field's values choose among them; empty where there is one. */
    public String multiAnalyzerParams() {
        return typeParams.getOrDefault("multi_analyzer_params", "");
    }

    private boolean isSet(String param) {
        return typeParams.getOrDefault(param, "false").equalsIgnoreCase("true");
    }

    /** Number of components of a dense vector, 0 for other types. */
    public int dimension() {
        return shape.dimension();
    }

    /** Bytes of UTF-8 that a VarChar, or a VarChar in an Array, may take, 0 for other types. */
    public int maxLength() {
        return shape.maxLength();
    }

    /** Elements that an Array may have, 0 for other types. */
    public int maxCapacity() {
        return shape.maxCapacity();
    }

    /** The type of an Array's elements. */
    public DataType elementType() {
        DataType element = shape.element();
        if (element == null) {
            throw new IllegalStateException("field " + name + " is no array");
        }
        return element;
    }

    /** This field as the primary key. */
    public Field asPrimaryKey(boolean autoId) {
        Set<Trait> keyTraits = EnumSet.of(Trait.PRIMARY_KEY);
        keyTraits.addAll(traits);
        keyTraits.remove(Trait.NULLABLE);
        if (autoId) {
            keyTraits.add(Trait.AUTO_ID);
        } else {
            keyTraits.remove(Trait.AUTO_ID);
        }
        return new Field(id, name, description, type, shape, keyTraits, null, typeParams);
    }

    /** This field with nulls allowed. */
    public Field asNullable() {
        return with(Trait.NULLABLE);
    }

    /** This field with one trait more. */
    public Field with(Trait trait) {
        Set<Trait> more = EnumSet.of(trait);
        more.addAll(traits);
        return withTraits(more);
    }

    /** This field without one of its traits. */
    public Field without(Trait trait) {
        return withTraits(traits.stream().filter(one -> one != trait).toList());
    }

    /** This field with other traits. */
    public Field withTraits(Collection<Trait> newTraits) {
        return new Field(id, name, description, type, shape, Set.copyOf(newTraits), defaultValue, typeParams);
    }

    /** This field under another id. */
    public Field withId(int newId) {
        return new Field(newId, name, description, type, shape, traits, defaultValue, typeParams);
    }

    /** This field with another description. */
    public Field describedAs(String newDescription) {
        return new Field(id, name, newDescription, type, shape, traits, defaultValue, typeParams);
    }

    /** This field with another default. */
    public Field withDefault(@Nullable Object value) {
        return new Field(id, name, description, type, shape, traits, value, typeParams);
    }

    /** Bytes that one row takes in a column, or 0 where rows differ in size. */
    public int rowWidth() {
        return type.isDenseVector() ? type.vectorBytes(shape.dimension()) : type.width();
    }
}
