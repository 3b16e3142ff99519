package dev.elanus.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.manifest.JsonCodec;
import dev.elanus.schema.CollectionName;
import dev.elanus.segment.SmallObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A catalog as JSON. */
public final class CatalogCodec extends JsonCodec<Catalog> {
    public CatalogCodec() {
        super(SmallObject.Kind.CATALOG);
    }

    @Override
    protected void encode(Catalog catalog, ObjectNode root) {
        root.put("version", catalog.version());
        root.put("commitId", catalog.commitId());
        // Grouped and short: there may be 65,536 of them, and every change of a name writes all.
        ObjectNode names = root.putObject("names");
        catalog.collections().forEach(entry -> {
            ObjectNode ofDatabase = names.withObject("/" + entry.name().database());
            if (entry.shards() == 1) {
                ofDatabase.put(entry.name().name(), entry.collectionId());
            } else {
                ofDatabase
                        .putArray(entry.name().name())
                        .add(entry.collectionId())
                        .add(entry.shards());
            }
        });
        catalog.dropped().forEach(gone -> {
            ObjectNode node = root.withArray("dropped").addObject();
            node.put("collectionId", gone.collectionId());
            node.put("droppedMillis", gone.droppedMillis());
        });
        catalog.databases().forEach(database -> {
            ObjectNode node = root.withArray("databases").addObject();
            node.put("name", database.name());
            node.put("id", database.id());
            node.put("createdTimestamp", database.createdTimestamp());
            ObjectNode properties = node.putObject("properties");
            new TreeMap<>(database.properties()).forEach(properties::put);
        });
        catalog.aliases().forEach(entry -> {
            ObjectNode node = root.withArray("aliases").addObject();
            node.put("database", entry.alias().database());
            node.put("alias", entry.alias().name());
            node.put("collectionId", entry.collectionId());
        });
    }

    @Override
    protected Catalog decode(JsonNode root) {
        List<Catalog.Entry> entries = new ArrayList<>();
        root.required("names")
                .properties()
                .forEach(database -> database.getValue()
                        .properties()
                        .forEach(of ->
                                entries.add(entry(new CollectionName(database.getKey(), of.getKey()), of.getValue()))));
        List<Catalog.Dropped> dropped = new ArrayList<>();
        for (JsonNode node : root.path("dropped")) {
            dropped.add(new Catalog.Dropped(
                    node.required("collectionId").longValue(),
                    node.required("droppedMillis").longValue()));
        }
        return new Catalog(
                root.required("version").longValue(),
                root.required("commitId").textValue(),
                entries,
                dropped,
                databases(root),
                aliases(root));
    }

    private static List<DatabaseEntry> databases(JsonNode root) {
        List<DatabaseEntry> databases = new ArrayList<>();
        for (JsonNode node : root.required("databases")) {
            Map<String, String> properties = new HashMap<>();
            node.required("properties")
                    .properties()
                    .forEach(property -> properties.put(
                            property.getKey(), property.getValue().textValue()));
            databases.add(new DatabaseEntry(
                    node.required("name").textValue(),
                    node.required("id").longValue(),
                    node.required("createdTimestamp").longValue(),
                    properties));
        }
        return databases;
    }

    private static List<AliasEntry> aliases(JsonNode root) {
        List<AliasEntry> aliases = new ArrayList<>();
        for (JsonNode node : root.path("aliases")) {
            aliases.add(new AliasEntry(
                    new CollectionName(
                            node.required("database").textValue(),
                            node.required("alias").textValue()),
                    node.required("collectionId").longValue()));
        }
        return aliases;
    }

    private static Catalog.Entry entry(CollectionName name, JsonNode of) {
        return of.isArray()
                ? new Catalog.Entry(
                        name, of.required(0).longValue(), of.required(1).intValue())
                : new Catalog.Entry(name, of.longValue(), 1);
    }
}
