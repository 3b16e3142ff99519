package dev.elanus.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.index.IndexExtent;
import dev.elanus.index.IndexKind;
import dev.elanus.index.IndexSpec;
import dev.elanus.storage.ObjectRef;
import dev.elanus.vector.Metric;

/** Index definitions and built indexes as JSON. */
final class IndexJson {
    private IndexJson() {}

    static void encode(IndexDefinition index, ObjectNode node) {
        node.put("id", index.id());
        node.put("name", index.name());
        node.put("fieldId", index.fieldId());
        node.put("kind", index.spec().kind().name());
        node.put("metric", index.spec().metric().name());
        node.put("dimension", index.spec().dimension());
        ManifestCodec.putStrings(node.putObject("params"), index.spec().params());
    }

    static IndexDefinition decode(JsonNode node) {
        return new IndexDefinition(
                node.required("id").longValue(),
                node.required("name").textValue(),
                node.required("fieldId").intValue(),
                new IndexSpec(
                        IndexKind.valueOf(node.required("kind").textValue()),
                        Metric.valueOf(node.required("metric").textValue()),
                        node.required("dimension").intValue(),
                        ManifestCodec.strings(node.required("params"))));
    }

    static void encode(IndexEntry index, ObjectNode node) {
        node.put("indexId", index.indexId());
        encode(index.object(), node.putObject("object"));
        node.put("headOffset", index.extent().headOffset());
        node.put("length", index.extent().length());
        node.put("recall", index.recall());
        node.put("builtOn", index.builtOn());
    }

    static IndexEntry decodeEntry(JsonNode node) {
        return new IndexEntry(
                node.required("indexId").longValue(),
                decodeRef(node.required("object")),
                new IndexExtent(
                        node.required("headOffset").longValue(),
                        node.required("length").longValue()),
                node.required("recall").doubleValue(),
                node.required("builtOn").textValue());
    }

    static void encode(ObjectRef ref, ObjectNode node) {
        node.put("key", ref.key());
        node.put("length", ref.length());
        node.put("tailOffset", ref.tailOffset());
    }

    static ObjectRef decodeRef(JsonNode node) {
        return new ObjectRef(
                node.required("key").textValue(),
                node.required("length").longValue(),
                node.required("tailOffset").longValue());
    }
}
