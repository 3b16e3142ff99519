package dev.elanus.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.segment.SmallObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A manifest as JSON. */
public final class ManifestCodec extends JsonCodec<Manifest> {
    public ManifestCodec() {
        super(SmallObject.Kind.MANIFEST);
    }

    @Override
    protected void encode(Manifest manifest, ObjectNode root) {
        CollectionDefinition collection = manifest.collection();
        root.put("version", manifest.version());
        root.put("commitId", manifest.commitId());
        root.put("collectionId", collection.id());
        root.put("database", collection.name().database());
        root.put("name", collection.name().name());
        SchemaJson.encode(collection.schema(), root.putObject("schema"));
        root.put("consistencyLevel", collection.consistencyLevel().name());
        root.put("shards", collection.shards());
        putStrings(root.putObject("properties"), collection.properties());
        root.put("createdTimestamp", collection.createdTimestamp());
        root.put("updatedTimestamp", collection.updatedTimestamp());
        PartitionsJson.encode(manifest.partitions(), root);
        root.put("dropped", manifest.dropped());
        root.put("nextIndexId", manifest.nextIndexId());
        root.put("sealedSequence", manifest.sealed().sequence());
        root.put("sealedTimestamp", manifest.sealed().timestamp());
        root.put("sealedBatchWriter", manifest.sealed().last().writer());
        root.put("sealedBatchNumber", manifest.sealed().last().number());
        manifest.indexes()
                .forEach(index ->
                        IndexJson.encode(index, root.withArray("indexes").addObject()));
        HoldsJson.encode(manifest.holds(), root);
        manifest.segments()
                .forEach(segment ->
                        SegmentJson.encode(segment, root.withArray("segments").addObject()));
    }

    @Override
    protected Manifest decode(JsonNode root) {
        CollectionDefinition collection = new CollectionDefinition(
                root.required("collectionId").longValue(),
                new CollectionName(
                        root.required("database").textValue(),
                        root.required("name").textValue()),
                SchemaJson.decode(root.required("schema")),
                ConsistencyLevel.valueOf(root.required("consistencyLevel").textValue()),
                root.required("shards").intValue(),
                strings(root.required("properties")),
                root.required("createdTimestamp").longValue(),
                root.required("updatedTimestamp").longValue());
        return new Manifest(
                root.required("version").longValue(),
                root.required("commitId").textValue(),
                collection,
                PartitionsJson.decode(root),
                root.required("dropped").booleanValue(),
                root.required("nextIndexId").longValue(),
                list(root.path("indexes"), IndexJson::decode),
                list(root.path("segments"), SegmentJson::decode),
                new LogPosition(
                        root.required("sealedSequence").longValue(),
                        root.required("sealedTimestamp").longValue(),
                        new BatchId(
                                root.required("sealedBatchWriter").longValue(),
                                root.required("sealedBatchNumber").longValue())),
                HoldsJson.decode(root));
    }

    static <T> List<T> list(JsonNode array, Function<JsonNode, T> decode) {
        List<T> items = new ArrayList<>();
        array.forEach(item -> items.add(decode.apply(item)));
        return items;
    }

    static void putStrings(ObjectNode node, Map<String, String> strings) {
        new TreeMap<>(strings).forEach(node::put);
    }

    static Map<String, String> strings(JsonNode node) {
        Map<String, String> strings = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> strings.put(entry.getKey(), entry.getValue().textValue()));
        return strings;
    }
}
