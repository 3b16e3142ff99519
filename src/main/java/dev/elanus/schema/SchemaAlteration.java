package dev.elanus.schema;

import dev.elanus.error.Invalid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How the schema of a collection that holds rows may change, by Milvus's rules and words. */
public final class SchemaAlteration {
    private static final String MAX_LENGTH = "max_length";
    private static final String MAX_CAPACITY = "max_capacity";
    /** Alters what is said of a field, and is no parameter of it. */
    private static final String DESCRIPTION = "field.description";

    private static final Set<String> HINTS = Set.of("mmap.enabled", "mmap_enabled", "warmup");

    private SchemaAlteration() {}

    /**
     * The schema with one field more, under the next id. Rows that are there have its default, or null.
     *
     * @throws Invalid for the first rule that the field breaks
     */
    public static CollectionSchema add(String collection, CollectionSchema schema, Field field) {
        String name = field.name();
        if (name.equals(CollectionSchema.DYNAMIC_FIELD)) {
            throw new Invalid("not support to add system field, field name = " + name);
        }
        SchemaRules.checkFieldName(name);
        if (schema.find(name).isPresent()) {
            throw new Invalid("duplicate field name: " + name + ", field already exists");
        }
        if (field.primaryKey()) {
            throw new Invalid("not support to add pk field, field name = " + name);
        }
        if (field.autoId()) {
            throw new Invalid("only primary field can speficy AutoID with true, field name = " + name);
        }
        if (field.partitionKey()) {
            throw new Invalid("not support to add partition key field, field name  = " + name);
        }
        if (field.type() == DataType.ARRAY_OF_VECTOR) {
            throw new Invalid("not support to add vector array field, field name = " + name);
        }
        if (!field.nullable()) {
            throw new Invalid("added field must be nullable, please check it, field name = " + name);
        }
        if (field.clusteringKey()) {
            schema.fields().stream().filter(Field::clusteringKey).findFirst().ifPresent(other -> {
                throw new Invalid("already has another clutering key field, field name: " + other.name());
            });
        }
        if (schema.visibleFields().size() >= SchemaRules.MAX_FIELDS) {
            throw new Invalid("The number of fields has reached the maximum value " + SchemaRules.MAX_FIELDS);
        }
        if (field.type().isDenseVector() && !field.typeParams().containsKey("dim")) {
            throw new Invalid("vector field must have dimension specified, field name = " + name);
        }
        FieldRules.check(collection, field);
        List<Field> fields = new ArrayList<>(schema.visibleFields());
        fields.add(field.withId(nextId(schema)));
        SchemaRules.checkVectorCount(fields);
        schema.dynamicField().ifPresent(fields::add);
        return schema.with(fields);
    }

    /** The schema with dynamic keys; rows that are there have none. */
    public static CollectionSchema enableDynamic(CollectionSchema schema) {
        if (schema.dynamicFieldEnabled()) {
            return schema;
        }
        List<Field> fields = new ArrayList<>(schema.fields());
        fields.add(Field.dynamic(nextId(schema)));
        return schema.with(fields);
    }

    /**
     * The schema with other parameters of a field. Rows that are there stay as they are.
     *
     * @throws Invalid if there is no such field, or one of its parameters may not change so
     */
    public static CollectionSchema alter(
            CollectionSchema schema, String name, Map<String, String> changed, Collection<String> removed) {
        Optional<StructSchema> struct =
                schema.structs().stream().filter(one -> one.name().equals(name)).findFirst();
        if (struct.isPresent()) {
            return altered(schema, struct.get(), changed, removed);
        }
        Field field = schema.visibleFields().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Invalid("field " + name + " does not exist in collection"));
        Field altered = altered(field, changed, removed);
        return schema.with(schema.fields().stream()
                .map(one -> one.id() == field.id() ? altered : one)
                .toList());
    }

    /** A struct has no values of its own: there are but hints about memory to alter. */
    private static CollectionSchema altered(
            CollectionSchema schema, StructSchema struct, Map<String, String> changed, Collection<String> removed) {
        Map<String, String> params = new HashMap<>(struct.typeParams());
        for (String key : changed.keySet()) {
            if (!HINTS.contains(key)) {
                throw notAltered(key);
            }
        }
        params.putAll(changed);
        removed.forEach(key -> params.remove(checkRemovable(key)));
        StructSchema altered = new StructSchema(struct.id(), struct.name(), struct.description(), params);
        Collection<StructSchema> structs = schema.structs().stream()
                .map(one -> one.id() == struct.id() ? altered : one)
                .toList();
        return schema.with(structs);
    }

    private static Invalid notAltered(String key) {
        return new Invalid(key + " does not allow update in collection field param");
    }

    private static String checkRemovable(String key) {
        if (!key.equals("mmap.enabled") && !key.equals("warmup")) {
            throw new Invalid(key + " is not allowed to drop in collection field param");
        }
        return key;
    }

    private static Field altered(Field field, Map<String, String> changed, Collection<String> removed) {
        Map<String, String> params = new HashMap<>(field.typeParams());
        ValueShape shape = field.shape();
        String description = changed.getOrDefault(DESCRIPTION, field.description());
        for (Map.Entry<String, String> change : changed.entrySet()) {
            if (change.getKey().equals(DESCRIPTION)) {
                continue;
            }
            params.put(change.getKey(), change.getValue());
            shape = switch (change.getKey()) {
                case MAX_LENGTH ->
                    new ValueShape(
                            shape.element(), shape.dimension(), length(field, change.getValue()), shape.maxCapacity());
                case MAX_CAPACITY ->
                    new ValueShape(
                            shape.element(), shape.dimension(), shape.maxLength(), capacity(field, change.getValue()));
                case String hint when HINTS.contains(hint) -> shape;
                default -> throw notAltered(change.getKey());
            };
        }
        for (String key : removed) {
            params.remove(checkRemovable(key));
        }
        return new Field(
                field.id(),
                field.name(),
                description,
                field.type(),
                shape,
                field.traits(),
                field.defaultValue(),
                params);
    }

    private static int length(Field field, String value) {
        if (field.maxLength() == 0) {
            throw new Invalid(field.name() + " can not modify the maxlength for non-string types");
        }
        int length = number(MAX_LENGTH, value);
        if (length < 1 || length > SchemaRules.MAX_VARCHAR_BYTES) {
            throw new Invalid("the maximum length specified for the field(" + field.name() + ") should be in (0, "
                    + SchemaRules.MAX_VARCHAR_BYTES + "], but got " + value + " instead");
        }
        return length;
    }

    private static int capacity(Field field, String value) {
        if (field.type() != DataType.ARRAY) {
            throw new Invalid(field.name() + " can not modify the maxcapacity for non-array types");
        }
        int capacity = number(MAX_CAPACITY, value);
        if (capacity < 1 || capacity > SchemaRules.MAX_CAPACITY) {
            throw new Invalid("the maximum capacity specified for a Array should be in (0, " + SchemaRules.MAX_CAPACITY
                    + "], but got " + value + " for field " + field.name());
        }
        return capacity;
    }

    private static int number(String key, String value) {
        try {
            return Integer.parseInt(value.strip());
        } catch (NumberFormatException _) {
            throw new Invalid(key + " should be an integer, but got " + value);
        }
    }

    private static int nextId(CollectionSchema schema) {
        return schema.fields().stream().mapToInt(Field::id).max().orElse(CollectionSchema.FIRST_USER_FIELD_ID - 1) + 1;
    }
}
