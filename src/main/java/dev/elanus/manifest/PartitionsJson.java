package dev.elanus.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Partitions as JSON. */
final class PartitionsJson {
    private PartitionsJson() {}

    static void encode(Partitions partitions, ObjectNode root) {
        root.put("nextPartition", partitions.nextNumber());
        if (partitions.areKeyed()) {
            root.put("partitionKey", partitions.keyFieldId());
        }
        partitions
                .all()
                .forEach(partition -> root.withArray("partitions")
                        .addObject()
                        .put("number", partition.number())
                        .put("name", partition.name())
                        .put("createdTimestamp", partition.createdTimestamp())
                        .put("loaded", partition.loaded()));
    }

    static Partitions decode(JsonNode root) {
        return new Partitions(
                ManifestCodec.list(root.required("partitions"), PartitionsJson::decodePartition),
                root.required("nextPartition").intValue(),
                root.path("partitionKey").intValue());
    }

    private static Partition decodePartition(JsonNode node) {
        return new Partition(
                node.required("number").intValue(),
                node.required("name").textValue(),
                node.required("createdTimestamp").longValue(),
                node.required("loaded").booleanValue());
    }
}
