package dev.elanus.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.index.IndexExtent;
import dev.elanus.index.IndexKind;
import dev.elanus.index.IndexSpec;
import dev.elanus.index.ScalarIndexSpec;
import dev.elanus.index.ScalarKind;
import dev.elanus.index.VectorIndexSpec;
import dev.elanus.schema.DataType;
import dev.elanus.storage.ObjectRef;
import dev.elanus.vector.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Index definitions and built indexes as JSON. */
final class IndexJson {
    private IndexJson() {}

    static void encode(IndexDefinition index, ObjectNode node) {
        node.put("id", index.id());
        node.put("name", index.name());
        node.put("fieldId", index.fieldId());
        switch (index.spec()) {
            case VectorIndexSpec(
                    IndexKind kind,
                    Metric metric,
                    DataType type,
                    int dimension,
                    Map<String, String> _) -> {
                node.put("kind", kind.name());
                node.put("metric", metric.name());
                node.put("type", type.name());
                node.put("dimension", dimension);
            }
            case ScalarIndexSpec(
                    ScalarKind kind,
                    List<String> path,
                    ScalarIndexSpec.Cast cast,
                    Map<String, String> _) -> {
                node.put("kind", kind.name());
                node.put("cast", cast.name());
                path.forEach(node.putArray("path")::add);
            }
        }
        ManifestCodec.putStrings(node.putObject("params"), index.spec().params());
    }

    static IndexDefinition decode(JsonNode node) {
        return new IndexDefinition(
                node.required("id").longValue(),
                node.required("name").textValue(),
                node.required("fieldId").intValue(),
                decodeSpec(node));
    }

    private static IndexSpec decodeSpec(JsonNode node) {
        String kind = node.required("kind").textValue();
        Map<String, String> params = ManifestCodec.strings(node.required("params"));
        if (node.has("metric")) {
            Metric metric = Metric.valueOf(node.required("metric").textValue());
            return new VectorIndexSpec(
                    IndexKind.valueOf(kind),
                    metric,
                    DataType.valueOf(node.path("type").asText(DataType.FLOAT_VECTOR.name())),
                    node.required("dimension").intValue(),
                    params);
        }
        List<String> path = new ArrayList<>();
        node.required("path").forEach(key -> path.add(key.textValue()));
        ScalarIndexSpec.Cast cast =
                ScalarIndexSpec.Cast.valueOf(node.required("cast").textValue());
        return new ScalarIndexSpec(ScalarKind.valueOf(kind), path, cast, params);
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
