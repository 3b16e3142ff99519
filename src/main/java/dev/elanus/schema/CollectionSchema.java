package dev.elanus.schema;

import dev.elanus.error.Invalid;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The fields of a collection. Where dynamic fields are enabled, {@code fields} ends with the hidden JSON field {@link #DYNAMIC_FIELD}.
 * Constructed values have passed {@link SchemaRules}.
 *
 * @param zone in which times of Timestamptz fields are that name none, and in which they are shown; the collection's property
 *     {@code timezone}, kept there and not with the schema
 * @param structs what some of the fields belong to
 */
public record CollectionSchema(
        String description,
        List<Field> fields,
        boolean dynamicFieldEnabled,
        List<FunctionSchema> functions,
        ZoneId zone,
        List<StructSchema> structs) {
    /** The name of the hidden JSON field that holds a row's dynamic keys. */
    public static final String DYNAMIC_FIELD = "$meta";
    /** Ids below this one belong to the system and are never shown. */
    public static final int FIRST_USER_FIELD_ID = 100;
    /** The hidden Int64 column of hybrid write timestamps. */
    public static final int TIMESTAMP_FIELD_ID = 1;

    /** The hidden Int32 column of the numbers of partitions; where rows have none, all are of the default partition, number 0. */
    public static final int PARTITION_FIELD_ID = 2;

    public CollectionSchema {
        fields = List.copyOf(fields);
        functions = List.copyOf(functions);
        structs = List.copyOf(structs);
    }

    /** A schema without structs. */
    public CollectionSchema(
            String description,
            List<Field> fields,
            boolean dynamicFieldEnabled,
            List<FunctionSchema> functions,
            ZoneId zone) {
        this(description, fields, dynamicFieldEnabled, functions, zone, List.of());
    }

    /** The same schema with structs, whose members are among the fields. */
    public CollectionSchema with(Collection<StructSchema> otherStructs) {
        return new CollectionSchema(
                description, fields, dynamicFieldEnabled, functions, zone, List.copyOf(otherStructs));
    }

    /** The fields of a struct, in their order. */
    public List<Field> members(StructSchema struct) {
        return fields.stream().filter(struct::has).toList();
    }

    /** The struct that a field belongs to. */
    public Optional<StructSchema> structOf(Field field) {
        return structs.stream().filter(struct -> struct.has(field)).findFirst();
    }

    /** A schema without functions, in UTC. */
    public CollectionSchema(String description, List<Field> fields, boolean dynamicFieldEnabled) {
        this(description, fields, dynamicFieldEnabled, List.of(), ZoneOffset.UTC);
    }

    /** The same schema with times in another zone. */
    public CollectionSchema in(ZoneId otherZone) {
        return new CollectionSchema(description, fields, dynamicFieldEnabled, functions, otherZone, structs);
    }

    /** A client's schema that asks for dynamic keys. */
    public CollectionSchema asDynamic() {
        return new CollectionSchema(description, fields, true, functions, zone, structs);
    }

    /** The same schema with other fields. */
    CollectionSchema with(List<Field> newFields) {
        boolean dynamic = newFields.stream().anyMatch(Field::dynamic);
        return new CollectionSchema(description, newFields, dynamic, functions, zone, structs);
    }

    /** The same schema with a trait of its primary key, or without it. */
    public CollectionSchema withKeys(Trait trait, boolean has) {
        List<Field> changed = fields.stream()
                .map(field -> field.primaryKey() && field.is(trait) != has
                        ? has ? field.with(trait) : field.without(trait)
                        : field)
                .toList();
        return new CollectionSchema(description, changed, dynamicFieldEnabled, functions, zone, structs);
    }

    /** The hidden column of hybrid write timestamps, which every row has. */
    public static Field timestampField() {
        return Field.scalar(TIMESTAMP_FIELD_ID, "Timestamp", DataType.INT64);
    }

    /** The hidden column of the numbers of partitions, which rows have only where it says something. */
    public static Field partitionField() {
        return Field.scalar(PARTITION_FIELD_ID, "PartitionID", DataType.INT32);
    }

    /** The columns that a sealed segment stores: the timestamps, then every field. */
    public List<Field> storedFields() {
        List<Field> stored = new ArrayList<>();
        stored.add(timestampField());
        stored.addAll(fields);
        return stored;
    }

    public Field primaryKey() {
        return fields.stream()
                .filter(Field::primaryKey)
                .findFirst()
                .orElseThrow(() -> new Invalid("primary key is not specified"));
    }

    public Optional<Field> find(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** @throws Invalid if there is no such field */
    public Field field(String name) {
        return find(name).orElseThrow(() -> new Invalid("field " + name + " not exist"));
    }

    public Optional<Field> find(int id) {
        return fields.stream().filter(field -> field.id() == id).findFirst();
    }

    public Optional<Field> dynamicField() {
        return fields.stream().filter(Field::dynamic).findFirst();
    }

    /** The fields of vectors or, where there is none, those of lists of vectors. */
    public List<Field> vectorFields() {
        List<Field> single =
                fields.stream().filter(field -> field.type().isVector()).toList();
        return single.isEmpty()
                ? fields.stream().filter(field -> field.type().hasVectors()).toList()
                : single;
    }

    /** The fields that clients see: all but the dynamic one. */
    public List<Field> visibleFields() {
        return fields.stream().filter(field -> !field.dynamic()).toList();
    }
}
