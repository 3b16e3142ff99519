package dev.elanus.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.error.Corrupt;
import dev.elanus.manifest.Codec;
import dev.elanus.schema.CollectionName;
import dev.elanus.segment.SmallObject;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A catalog as JSON in a {@link SmallObject}. */
public final class CatalogCodec implements Codec<Catalog> {
    private final ObjectMapper json = new ObjectMapper();

    @Override
    public byte[] encode(Catalog catalog) {
        ObjectNode root = json.createObjectNode();
        root.put("version", catalog.version());
        root.put("commitId", catalog.commitId());
        catalog.collections().forEach(entry -> {
            ObjectNode node = root.withArray("collections").addObject();
            node.put("database", entry.name().database());
            node.put("name", entry.name().name());
            node.put("collectionId", entry.collectionId());
        });
        catalog.dropped().forEach(gone -> {
            ObjectNode node = root.withArray("dropped").addObject();
            node.put("collectionId", gone.collectionId());
            node.put("droppedMillis", gone.droppedMillis());
        });
        try {
            return SmallObject.encode(SmallObject.Kind.CATALOG, json.writeValueAsBytes(root));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree that does not print", impossible);
        }
    }

    @Override
    public Catalog decode(String name, MemorySegment bytes) {
        byte[] payload = SmallObject.decode(SmallObject.Kind.CATALOG, name, bytes);
        try {
            return decode(json.readTree(payload));
        } catch (IOException | IllegalArgumentException malformed) {
            throw new Corrupt(name + ": expected a catalog, found " + malformed.getMessage(), malformed);
        }
    }

    private static Catalog decode(JsonNode root) {
        List<Catalog.Entry> entries = new ArrayList<>();
        for (JsonNode node : root.path("collections")) {
            entries.add(new Catalog.Entry(
                    new CollectionName(
                            node.required("database").textValue(),
                            node.required("name").textValue()),
                    node.required("collectionId").longValue()));
        }
        List<Catalog.Dropped> dropped = new ArrayList<>();
        for (JsonNode node : root.path("dropped")) {
            dropped.add(new Catalog.Dropped(
                    node.required("collectionId").longValue(),
                    node.required("droppedMillis").longValue()));
        }
        return new Catalog(
                root.required("version").longValue(), root.required("commitId").textValue(), entries, dropped);
    }
}
