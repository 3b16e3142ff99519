package dev.elanus.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.error.Corrupt;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.segment.SmallObject;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A manifest as JSON in a {@link SmallObject}: readable by people, checked whole. */
public final class ManifestCodec implements Codec<Manifest> {
    private final ObjectMapper json = new ObjectMapper();

    @Override
    public byte[] encode(Manifest manifest) {
        ObjectNode root = json.createObjectNode();
        root.put("version", manifest.version());
        root.put("commitId", manifest.commitId());
        root.put("collectionId", manifest.collectionId());
        root.put("database", manifest.name().database());
        root.put("name", manifest.name().name());
        root.set("schema", SchemaJson.encode(json, manifest.schema()));
        root.put("consistencyLevel", manifest.consistencyLevel().name());
        root.put("shards", manifest.shards());
        root.set("properties", stringsToJson(json, manifest.properties()));
        root.put("createdTimestamp", manifest.createdTimestamp());
        root.put("updatedTimestamp", manifest.updatedTimestamp());
        root.put("loaded", manifest.loaded());
        root.put("dropped", manifest.dropped());
        root.put("nextIndexId", manifest.nextIndexId());
        root.put("sealedSequence", manifest.sealed().sequence());
        root.put("sealedTimestamp", manifest.sealed().timestamp());
        manifest.indexes().forEach(index -> root.withArray("indexes").add(IndexJson.encode(json, index)));
        manifest.segments().forEach(segment -> root.withArray("segments").add(SegmentJson.encode(json, segment)));
        try {
            return SmallObject.encode(SmallObject.Kind.MANIFEST, json.writeValueAsBytes(root));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree that does not print", impossible);
        }
    }

    @Override
    public Manifest decode(String name, MemorySegment bytes) {
        byte[] payload = SmallObject.decode(SmallObject.Kind.MANIFEST, name, bytes);
        try {
            return decode(json.readTree(payload));
        } catch (IOException | IllegalArgumentException malformed) {
            throw new Corrupt(name + ": expected a manifest, found " + malformed.getMessage(), malformed);
        }
    }

    private static Manifest decode(JsonNode root) {
        return new Manifest(
                root.required("version").longValue(),
                root.required("commitId").textValue(),
                root.required("collectionId").longValue(),
                new CollectionName(
                        root.required("database").textValue(),
                        root.required("name").textValue()),
                SchemaJson.decode(root.required("schema")),
                ConsistencyLevel.valueOf(root.required("consistencyLevel").textValue()),
                root.required("shards").intValue(),
                strings(root.required("properties")),
                root.required("createdTimestamp").longValue(),
                root.required("updatedTimestamp").longValue(),
                root.required("loaded").booleanValue(),
                root.required("dropped").booleanValue(),
                root.required("nextIndexId").longValue(),
                list(root.path("indexes"), IndexJson::decode),
                list(root.path("segments"), SegmentJson::decode),
                new LogPosition(
                        root.required("sealedSequence").longValue(),
                        root.required("sealedTimestamp").longValue()));
    }

    static <T> List<T> list(JsonNode array, Function<JsonNode, T> decode) {
        List<T> items = new ArrayList<>();
        array.forEach(item -> items.add(decode.apply(item)));
        return items;
    }

    static ObjectNode stringsToJson(ObjectMapper json, Map<String, String> strings) {
        ObjectNode node = json.createObjectNode();
        strings.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> node.put(entry.getKey(), entry.getValue()));
        return node;
    }

    static Map<String, String> strings(JsonNode node) {
        Map<String, String> strings = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> strings.put(entry.getKey(), entry.getValue().textValue()));
        return strings;
    }
}
