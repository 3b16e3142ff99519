package dev.elanus.manifest;

import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The changes of what a collection is called and of all that it holds at once. */
public final class AlterChanges {
    private AlterChanges() {}

    /** Follows the catalog, which gave the collection another name; the one that it has changes nothing. */
    public static Change<Manifest> rename(CollectionName name) {
        return Changes.alive(
                manifest -> manifest.withCollection(manifest.collection().withName(name)));
    }

    /**
     * Gives the collection another schema, of which every field that is new may be absent.
     *
     * @param change pure; what it leaves as it is is no change
     * @param timestamp hybrid; the schema counts as changed then
     */
    public static Change<Manifest> schema(UnaryOperator<CollectionSchema> change, long timestamp) {
        return Changes.alive(manifest -> {
            CollectionSchema changed = change.apply(manifest.schema());
            return changed.equals(manifest.schema())
                    ? manifest
                    : manifest.withCollection(manifest.collection().withSchema(changed, timestamp));
        });
    }

    /**
     * Changes hints that an index was given.
     *
     * @throws Invalid if the collection is loaded
     */
    public static Change<Manifest> index(String indexName, Map<String, String> changed, Collection<String> removed) {
        return Changes.alive(manifest -> {
            IndexDefinition index = manifest.index(indexName)
                    .orElseThrow(
                            () -> new NotFound(NotFound.Kind.INDEX, "index not found[indexName=" + indexName + "]"));
            checkReleased(manifest, "can't alter index on loaded collection, please release the collection first");
            Map<String, String> params = new HashMap<>(index.spec().params());
            params.keySet().removeAll(removed);
            params.putAll(changed);
            IndexDefinition altered = new IndexDefinition(
                    index.id(), index.name(), index.fieldId(), index.spec().withParams(params));
            return manifest.withIndexes(
                    manifest.indexes().stream()
                            .map(one -> one.id() == index.id() ? altered : one)
                            .toList(),
                    manifest.nextIndexId());
        });
    }

    /** @throws Invalid if the collection is loaded */
    public static void checkReleased(Manifest manifest, String refusal) {
        if (manifest.loaded()) {
            throw new Invalid(
                    Invalid.Reason.LOADED,
                    refusal + ": collection already loaded[collection="
                            + manifest.name().name() + "]");
        }
    }

    /**
     * Removes all rows; schema, partitions and indexes stay.
     *
     * @param upTo the end of the log as it was seen by who removes: what comes behind it and is not sealed yet stays
     */
    public static Change<Manifest> truncate(LogPosition upTo) {
        return Changes.alive(manifest -> {
            LogPosition sealed = manifest.sealed();
            return manifest.withSegments(List.of(), sealed.sequence() > upTo.sequence() ? sealed : upTo);
        });
    }
}
