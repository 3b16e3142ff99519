package dev.elanus.engine;

import dev.elanus.error.Invalid;
import dev.elanus.manifest.AlterChanges;
import dev.elanus.manifest.Changes;
import dev.elanus.manifest.Manifest;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import dev.elanus.schema.FunctionAlteration;
import dev.elanus.schema.FunctionSchema;
import dev.elanus.schema.SchemaAlteration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Changes of whole collections. Every method may be called from many threads; one that names a missing collection throws
 * {@code NotFound(COLLECTION)}.
 */
public final class Alterations {
    private static final Set<String> OF_INDEXES = Set.of("mmap.enabled", "indexoffsetcache.enabled", "warmup");

    /** What Go's strconv.ParseBool reads. */
    private static final Pattern TRUTHS = Pattern.compile("1|t|T|TRUE|true|True|0|f|F|FALSE|false|False");

    private final ElanusDatabase database;
    private final EngineParts parts;

    Alterations(ElanusDatabase database, EngineParts parts) {
        this.database = database;
        this.parts = parts;
    }

    /**
     * Gives a collection another name, in its own database or in another one. Its rows, indexes and aliases stay.
     *
     * @throws Invalid if the new name is taken or breaks a rule, or the old one is an alias
     */
    public void rename(CollectionName from, CollectionName to) {
        parts.collections().rename(from, to);
    }

    /** Removes all rows that were acknowledged before; schema, partitions, indexes and aliases stay. */
    public void truncate(CollectionName name) {
        database.with(
                name,
                (log, meter) -> log.commit(
                        AlterChanges.truncate(database.freshView(log).tail().end())));
    }

    /**
     * Changes properties of a collection. {@code collection.ttl.seconds}: rows older than that vanish from reads and counts at once, and from
     * the store in time. {@code dynamicfield.enabled} makes the schema dynamic, for ever.
     *
     * @param changed new values by name
     * @param removed names; one that is not set is no error
     * @throws Invalid if a value breaks a rule, or a property of loading is changed of a collection that is loaded
     */
    public void properties(CollectionName name, Map<String, String> changed, Collection<String> removed) {
        checkOneKind(changed, removed);
        CollectionProperties.check(changed);
        if (removed.contains(CollectionProperties.DYNAMIC)) {
            throw new Invalid("cannot delete key " + CollectionProperties.DYNAMIC
                    + ": dynamic schema cannot supported to be disabled");
        }
        String dynamic = changed.get(CollectionProperties.DYNAMIC);
        if (dynamic != null) {
            enableDynamic(name, changed.size(), dynamic);
            return;
        }
        database.with(name, (log, meter) -> {
            Manifest manifest = database.freshView(log).manifest();
            if (CollectionProperties.ofLoading(changed.keySet()).isPresent()) {
                AlterChanges.checkReleased(manifest, "can not alter mmap properties if collection loaded");
            }
            Optional<String> ofLoading = CollectionProperties.ofLoading(removed);
            if (ofLoading.isPresent()) {
                String which = ofLoading.get().equals("mmap.enabled") ? "mmap" : ofLoading.get();
                AlterChanges.checkReleased(manifest, "can not delete " + which + " properties if collection loaded");
            }
            PartitionRules.checkIsolation(manifest, changed);
            return log.commit(Changes.alterProperties(changed, removed));
        });
    }

    private void enableDynamic(CollectionName name, int changes, String value) {
        if (changes > 1) {
            throw new Invalid(
                    "cannot alter " + CollectionProperties.DYNAMIC + " with other properties at the same time");
        }
        if (!value.equalsIgnoreCase("true")) {
            throw new Invalid("dynamic schema cannot supported to be disabled");
        }
        schema(name, SchemaAlteration::enableDynamic);
    }

    /**
     * Adds a field to a collection that may hold rows, which have its default, or null.
     *
     * @throws Invalid if the field may not be added
     */
    public void addField(CollectionName name, Field field) {
        schema(name, schema -> {
            CollectionSchema longer = SchemaAlteration.add(name.name(), schema, field);
            TextRules.check(name.name(), longer);
            ShapeRules.check(longer);
            return longer;
        });
    }

    /** Adds a function. @throws dev.elanus.error.DatabaseException always: {@link FunctionAlteration} says which and why */
    public void addFunction(CollectionName name, FunctionSchema function) {
        schemaOf(name);
        FunctionAlteration.add(function);
    }

    /** Makes a function another one. @throws dev.elanus.error.DatabaseException always: {@link FunctionAlteration} says which and why */
    public void alterFunction(CollectionName name, String function, FunctionSchema altered) {
        FunctionAlteration.alter(schemaOf(name), function, altered);
    }

    /** Drops a function; one that is not there is no error. @throws Invalid if it is there: it can only be of BM25, which stays */
    public void dropFunction(CollectionName name, String function) {
        FunctionAlteration.drop(schemaOf(name), function);
    }

    private CollectionSchema schemaOf(CollectionName name) {
        return database.with(
                name, (log, meter) -> database.freshView(log).manifest().schema());
    }

    /**
     * Changes parameters of a field, as {@code max_length}. Rows that are there stay as they are.
     *
     * @param changed new values by name
     * @param removed names; one that is not set is no error
     * @throws Invalid if there is no such field, or one of its parameters may not change so
     */
    public void field(CollectionName name, String field, Map<String, String> changed, Collection<String> removed) {
        checkOneKind(changed, removed);
        database.with(name, (log, meter) -> {
            Manifest manifest = database.freshView(log).manifest();
            if (CollectionProperties.ofLoading(changed.keySet()).isPresent()
                    || CollectionProperties.ofLoading(removed).isPresent()) {
                AlterChanges.checkReleased(manifest, "can not alter collection field properties if collection loaded");
            }
            return log.commit(AlterChanges.schema(
                    schema -> SchemaAlteration.alter(schema, field, changed, removed), database.allocateTimestamp()));
        });
    }

    /**
     * Changes hints that an index was given.
     *
     * @param changed new values by name
     * @param removed names; one that is not set is no error
     * @throws Invalid if it is no hint, or the collection is loaded
     * @throws dev.elanus.error.NotFound of kind INDEX if there is no such index
     */
    public void index(CollectionName name, String index, Map<String, String> changed, Collection<String> removed) {
        checkOneKind(changed, removed);
        checkConfigurable(changed.keySet());
        checkConfigurable(removed);
        checkSwitch("mmap.enabled", changed);
        checkSwitch("indexoffsetcache.enabled", changed);
        database.with(name, (log, meter) -> log.commit(AlterChanges.index(index, changed, removed)));
    }

    private static void checkConfigurable(Collection<String> keys) {
        for (String key : keys) {
            if (!OF_INDEXES.contains(key)) {
                throw new Invalid(key + " is not a configable index property");
            }
        }
    }

    private static void checkSwitch(String key, Map<String, String> changed) {
        String value = changed.getOrDefault(key, "true");
        if (!TRUTHS.matcher(value).matches()) {
            throw new Invalid("invalid " + key + " value: " + value + ", expected: true, false");
        }
    }

    private static void checkOneKind(Map<String, String> changed, Collection<String> removed) {
        if (!changed.isEmpty() && !removed.isEmpty()) {
            throw new Invalid("cannot provide both DeleteKeys and ExtraParams");
        }
    }

    private void schema(CollectionName name, UnaryOperator<CollectionSchema> change) {
        database.with(name, (log, meter) -> {
            log.commit(AlterChanges.schema(change, database.allocateTimestamp()));
            return true;
        });
    }
}
