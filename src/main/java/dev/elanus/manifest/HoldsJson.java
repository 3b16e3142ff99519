package dev.elanus.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Snapshots and clones as JSON, absent where there are none. */
final class HoldsJson {
    private HoldsJson() {}

    static void encode(Holds holds, ObjectNode root) {
        holds.snapshots().forEach(snapshot -> {
            ObjectNode node = root.withArray("snapshots").addObject();
            node.put("name", snapshot.name());
            node.put("description", snapshot.description());
            node.put("key", snapshot.key());
            node.put("createdTimestamp", snapshot.createdTimestamp());
            node.put("rowCount", snapshot.rowCount());
        });
        holds.clones().forEach(clone -> {
            ObjectNode node = root.withArray("clones").addObject();
            node.put("cloneId", clone.cloneId());
            node.put("key", clone.key());
        });
    }

    static Holds decode(JsonNode root) {
        return new Holds(
                ManifestCodec.list(root.path("snapshots"), HoldsJson::decodeSnapshot),
                ManifestCodec.list(root.path("clones"), HoldsJson::decodeClone));
    }

    private static SnapshotEntry decodeSnapshot(JsonNode node) {
        return new SnapshotEntry(
                node.required("name").textValue(),
                node.required("description").textValue(),
                node.required("key").textValue(),
                node.required("createdTimestamp").longValue(),
                node.required("rowCount").longValue());
    }

    private static CloneEntry decodeClone(JsonNode node) {
        return new CloneEntry(
                node.required("cloneId").longValue(), node.required("key").textValue());
    }
}
