package dev.elanus.engine;

import dev.elanus.error.Invalid;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.Partitions;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.SchemaRules;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a partition may be called, and what may distribute rows over partitions. */
final class PartitionRules {
    /** Where rows are distributed by a key and nothing else is said. */
    private static final int USUAL_PARTITIONS = 16;

    private static final String ISOLATION = "partitionkey.isolation";

    private PartitionRules() {}

    /** @throws Invalid if the name breaks a rule */
    static void checkName(String name) {
        if (name.isBlank()) {
            throw refused(name, "Partition name should not be empty.");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > SchemaRules.MAX_NAME_BYTES) {
            throw refused(name, "The length of a partition name must be less than 255 characters.");
        }
        char first = name.charAt(0);
        if (first != '_' && !isLetter(first) && !isDigit(first)) {
            throw refused(name, "The first character of a partition name must be an underscore or letter.");
        }
        for (char character : name.toCharArray()) {
            if (character != '_' && character != '-' && !isLetter(character) && !isDigit(character)) {
                throw refused(name, "Partition name can only contain numbers, letters and underscores.");
            }
        }
    }

    /** @throws Invalid if the field may not distribute rows, or not over so many partitions */
    static void checkKey(CollectionSchema schema, NewCollection wanted) {
        List<String> fields = wanted.partitionKey().fields();
        long count = wanted.partitionKey().partitions();
        if (fields.isEmpty()) {
            if (count > 1) {
                throw Invalid.of("num_partitions should only be specified with partition key field enabled", 0, count);
            }
            if (isOn(wanted.properties().get(ISOLATION))) {
                throw new Invalid("partition key isolation mode is enabled but no partition key field is set");
            }
            return;
        }
        if (fields.size() > 1) {
            throw Invalid.of(
                    "there are more than one partition key, field name = " + fields.get(0) + ", " + fields.get(1),
                    1,
                    fields.size());
        }
        if (count < 0 || count > Partitions.MAX_PARTITIONS) {
            throw new Invalid(
                    "partition number (" + count + ") exceeds max configuration (" + Partitions.MAX_PARTITIONS + ")");
        }
        checkKey(schema.field(fields.getFirst()));
    }

    private static void checkKey(Field key) {
        if (key.primaryKey()) {
            throw new Invalid("the partition key field must not be primary field");
        }
        if (key.type() != DataType.INT64 && key.type() != DataType.VARCHAR) {
            throw new Invalid("the data type of partition key should be Int64 or VarChar, field name = " + key.name());
        }
        if (key.nullable()) {
            throw new Invalid("partition key field not support nullable: field name = " + key.name());
        }
    }

    /** The partitions of a new collection. */
    static Partitions initial(CollectionSchema schema, NewCollection wanted, long timestamp) {
        List<String> fields = wanted.partitionKey().fields();
        return fields.isEmpty()
                ? Partitions.initial(timestamp)
                : Partitions.ofKey(schema.field(fields.getFirst()).id(), count(wanted), timestamp);
    }

    /** Whether rows are distributed as a client wants them, who creates a collection that is there. */
    static boolean isSame(Partitions found, CollectionSchema schema, NewCollection wanted) {
        List<String> fields = wanted.partitionKey().fields();
        return found.key(schema).map(Field::name).stream().toList().equals(fields)
                && (fields.isEmpty() || found.all().size() == count(wanted));
    }

    /** @throws Invalid if the property is given to a collection that has no partition key */
    static void checkIsolation(Manifest manifest, Map<String, String> properties) {
        if (isOn(properties.get(ISOLATION)) && !manifest.partitions().areKeyed()) {
            throw new Invalid("partition key isolation mode is enabled but no partition key field is set");
        }
    }

    private static boolean isOn(@Nullable String value) {
        return "true".equalsIgnoreCase(value);
    }

    private static int count(NewCollection wanted) {
        long count = wanted.partitionKey().partitions();
        return count == 0 ? USUAL_PARTITIONS : (int) count;
    }

    private static Invalid refused(String name, String rule) {
        return new Invalid("Invalid partition name: " + name.strip() + ". " + rule);
    }

    private static boolean isLetter(char character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
