package dev.elanus.schema;

import dev.elanus.error.Invalid;
import dev.elanus.error.Invalid.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The rules that a new collection must keep, with Milvus's limits and words. */
public final class SchemaRules {
    public static final int MAX_NAME_BYTES = 255;
    public static final int MAX_FIELDS = 64;
    public static final int MAX_VECTOR_FIELDS = 10;
    public static final int MAX_SHARDS = 16;
    public static final int MIN_DIMENSION = 2;
    public static final int MAX_DIMENSION = 32_768;
    public static final int MAX_BINARY_DIMENSION = 262_144;
    public static final int MAX_VARCHAR_BYTES = 65_535;
    public static final int MAX_CAPACITY = 4096;
    public static final int MAX_JSON_BYTES = 65_536;
    private static final int MAX_DESCRIPTION_BYTES = 1024;
    private static final Set<String> KEYWORDS = Set.of(
            "and",
            "or",
            "not",
            "in",
            "like",
            "exists",
            "is",
            "null",
            "true",
            "false",
            "json_contains",
            "json_contains_all",
            "json_contains_any",
            "array_contains",
            "array_contains_all",
            "array_contains_any",
            "array_length",
            "text_match",
            "phrase_match",
            "random_sample");

    private SchemaRules() {}

    /** @throws Invalid if clients could not use the name */
    public static void checkCollectionName(String name) {
        checkName(name, "collection", "name");
    }

    /** @throws Invalid if a collection may not be called so beside its name */
    public static void checkAlias(String alias) {
        checkName(alias, "collection", "alias");
    }

    /**
     * Checks a client's schema and completes it: ids are assigned in order, the dynamic field is added at the end.
     *
     * @throws Invalid for the first broken rule
     */
    public static CollectionSchema complete(String collection, CollectionSchema given) {
        if (given.description().getBytes(StandardCharsets.UTF_8).length > MAX_DESCRIPTION_BYTES) {
            throw new Invalid("the length of a collection description must not exceed 1024 bytes");
        }
        List<Field> visible = given.visibleFields();
        if (visible.size() > MAX_FIELDS) {
            throw new Invalid("maximum field's number should be limited to " + MAX_FIELDS);
        }
        Set<String> names = new HashSet<>();
        for (Field field : visible) {
            checkFieldName(given, field);
            if (!names.add(field.name())) {
                throw new Invalid("duplicated field name " + field.name() + " found");
            }
            FieldRules.check(collection, field);
        }
        checkPrimaryKey(visible);
        checkAtMostOne(visible, Trait.PARTITION_KEY, "partition key", Reason.PARAMETER);
        checkAtMostOne(visible, Trait.CLUSTERING_KEY, "clustering key", Reason.ILLEGAL_SCHEMA);
        checkVectors(visible);
        List<Field> fields = new ArrayList<>();
        List<FunctionSchema> functions = FunctionRules.complete(given.functions(), visible);
        List<StructSchema> structs = new ArrayList<>();
        for (Field field : visible) {
            // A struct's id comes before those of its members.
            given.structOf(field)
                    .filter(struct -> structs.stream().noneMatch(one -> one.has(field)))
                    .ifPresent(struct -> structs.add(
                            struct.withId(CollectionSchema.FIRST_USER_FIELD_ID + fields.size() + structs.size())));
            boolean isOutput =
                    functions.stream().anyMatch(function -> function.outputs().contains(field.name()));
            fields.add((isOutput ? field.with(Trait.FUNCTION_OUTPUT) : field)
                    .withId(CollectionSchema.FIRST_USER_FIELD_ID + fields.size() + structs.size()));
        }
        if (given.dynamicFieldEnabled()) {
            int id = CollectionSchema.FIRST_USER_FIELD_ID + fields.size() + structs.size();
            fields.add(Field.dynamic(id));
        }
        return new CollectionSchema(
                given.description(), fields, given.dynamicFieldEnabled(), functions, given.zone(), structs);
    }

    /** @throws Invalid if it is outside of 0 to 16 */
    public static void checkShards(int shards) {
        if (shards < 0 || shards > MAX_SHARDS) {
            throw new Invalid("maximum shards's number should be limited to " + MAX_SHARDS + ", but got " + shards);
        }
    }

    /** @throws Invalid of reason DATABASE_NAME, if a database may not be called so */
    public static void checkDatabaseName(String name) {
        if (name.isEmpty()) {
            throw invalidDatabase("database name should not be empty", name);
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw invalidDatabase("the length of a database name must be less than 255 characters", name);
        }
        if (!isLetter(name.charAt(0)) && name.charAt(0) != '_') {
            throw invalidDatabase("the first character of a database name must be an underscore or letter", name);
        }
        if (!name.chars().allMatch(SchemaRules::isWordCharacter)) {
            throw invalidDatabase("database name can only contain numbers, letters and underscores", name);
        }
    }

    /** @throws Invalid if a resource group may not be called so */
    public static void checkResourceGroupName(String name) {
        checkName(name, "resource group", "name");
    }

    private static Invalid invalidDatabase(String rule, String name) {
        return new Invalid(Reason.DATABASE_NAME, rule + ": invalid database name[database=" + name + "]");
    }

    /** @param kind whether it is a name or an alias of what */
    private static void checkName(String name, String what, String kind) {
        String called = what + " " + kind;
        String prefix = "Invalid " + called + ": " + name + ". ";
        if (name.isEmpty()) {
            throw new Invalid(called + " should not be empty");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new Invalid(prefix + "the length of a " + called + " must be less than 255 characters");
        }
        if (!isLetter(name.charAt(0)) && name.charAt(0) != '_') {
            throw new Invalid(prefix + "the first character of a " + called + " must be an underscore or letter");
        }
        if (!name.chars().allMatch(SchemaRules::isWordCharacter)) {
            throw new Invalid(prefix + called + " can only contain numbers, letters and underscores");
        }
    }

    private static void checkFieldName(CollectionSchema schema, Field field) {
        Optional<StructSchema> struct = schema.structOf(field);
        if (struct.isEmpty()) {
            checkFieldName(field.name());
            return;
        }
        checkFieldName(struct.get().name());
        checkFieldName(struct.get().memberName(field));
        if (schema.find(struct.get().name()).isPresent()) {
            throw new Invalid("duplicated field name " + struct.get().name() + " found");
        }
        if (field.type() != DataType.ARRAY && field.type() != DataType.ARRAY_OF_VECTOR) {
            throw new Invalid("Fields in StructArrayField can only be array or array of struct, but field "
                    + field.name() + " is " + field.type().text());
        }
        if (field.nullable() || field.partitionKey() || field.clusteringKey() || field.primaryKey()) {
            throw new Invalid("field " + field.name()
                    + " of a struct can be neither nullable nor a primary, partition or clustering key");
        }
    }

    static void checkFieldName(String name) {
        String prefix = "Invalid field name: " + name + ". ";
        if (name.isEmpty()) {
            throw new Invalid(Reason.FIELD_NAME, "field name should not be empty");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new Invalid(
                    Reason.FIELD_NAME, prefix + "The length of a field name must be less than 255 characters.");
        }
        if (!isLetter(name.charAt(0)) && name.charAt(0) != '_') {
            throw new Invalid(
                    Reason.FIELD_NAME, prefix + "The first character of a field name must be an underscore or letter.");
        }
        if (!name.chars().allMatch(SchemaRules::isWordCharacter)) {
            throw new Invalid(
                    Reason.FIELD_NAME, prefix + "Field name can only contain numbers, letters, and underscores.");
        }
        if (KEYWORDS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new Invalid(Reason.FIELD_NAME, prefix + name + " is keyword in milvus.");
        }
    }

    private static void checkPrimaryKey(List<Field> fields) {
        List<Field> keys = fields.stream().filter(Field::primaryKey).toList();
        if (keys.isEmpty()) {
            throw new Invalid("primary key is not specified");
        }
        if (keys.size() > 1) {
            throw new Invalid("there are more than one primary key, field name = "
                    + keys.get(0).name() + ", " + keys.get(1).name());
        }
        Field key = keys.getFirst();
        if (key.type() != DataType.INT64 && key.type() != DataType.VARCHAR) {
            throw new Invalid("the data type of primary key should be Int64 or VarChar, but got "
                    + key.type().text());
        }
        if (key.nullable()) {
            throw new Invalid("primary field not support null");
        }
    }

    private static void checkAtMostOne(List<Field> fields, Trait trait, String what, Reason reason) {
        List<Field> found = fields.stream().filter(field -> field.is(trait)).toList();
        if (found.size() > 1) {
            throw new Invalid(
                    reason,
                    "there are more than one " + what + ", field name = "
                            + found.get(0).name() + ", " + found.get(1).name());
        }
    }

    private static void checkVectors(List<Field> fields) {
        if (fields.stream().noneMatch(field -> field.type().hasVectors())) {
            throw new Invalid("schema does not contain vector field: invalid parameter");
        }
        checkVectorCount(fields);
    }

    static void checkVectorCount(List<Field> fields) {
        if (fields.stream().filter(field -> field.type().hasVectors()).count() > MAX_VECTOR_FIELDS) {
            throw new Invalid("maximum vector field's number should be limited to " + MAX_VECTOR_FIELDS);
        }
    }

    private static boolean isLetter(int character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
    }

    private static boolean isWordCharacter(int character) {
        return isLetter(character) || character == '_' || character >= '0' && character <= '9';
    }
}
