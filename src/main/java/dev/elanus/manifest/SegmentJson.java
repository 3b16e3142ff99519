package dev.elanus.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.column.ByteRange;
import dev.elanus.column.ColumnStatistics;
import dev.elanus.segment.ColumnExtent;
import dev.elanus.segment.RowsLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Segments as JSON. A byte range is an array of offset and length. */
final class SegmentJson {
    private SegmentJson() {}

    static ObjectNode encode(ObjectMapper json, SegmentEntry segment) {
        ObjectNode node = json.createObjectNode();
        node.put("id", segment.id());
        node.put("rowCount", segment.rowCount());
        node.set("rows", IndexJson.encode(json, segment.rows()));
        segment.layout().columns().forEach(column -> node.withArray("columns").add(encode(json, column)));
        new TreeMap<>(segment.statistics())
                .forEach((fieldId, of) -> node.withObject("/statistics").set(fieldId.toString(), encode(json, of)));
        if (segment.deletes() != null) {
            ObjectNode deletes = node.putObject("deletes");
            deletes.put("key", segment.deletes().key());
            deletes.put("count", segment.deletes().count());
        }
        segment.indexes().forEach(index -> node.withArray("indexes").add(IndexJson.encode(json, index)));
        return node;
    }

    static SegmentEntry decode(JsonNode node) {
        int rowCount = node.required("rowCount").intValue();
        Map<Integer, ColumnStatistics> statistics = new LinkedHashMap<>();
        node.path("statistics")
                .properties()
                .forEach(entry ->
                        statistics.put(Integer.valueOf(entry.getKey()), decodeStatistics(entry.getValue(), rowCount)));
        JsonNode deletes = node.path("deletes");
        return new SegmentEntry(
                node.required("id").longValue(),
                rowCount,
                IndexJson.decodeRef(node.required("rows")),
                new RowsLayout(rowCount, ManifestCodec.list(node.required("columns"), SegmentJson::decodeColumn)),
                statistics,
                deletes.isMissingNode()
                        ? null
                        : new DeletesEntry(
                                deletes.required("key").textValue(),
                                deletes.required("count").longValue()),
                ManifestCodec.list(node.path("indexes"), IndexJson::decodeEntry));
    }

    private static ObjectNode encode(ObjectMapper json, ColumnExtent column) {
        ObjectNode node = json.createObjectNode();
        node.put("fieldId", column.fieldId());
        node.set("values", encode(json, column.values()));
        if (column.offsets() != null) {
            node.set("offsets", encode(json, column.offsets()));
        }
        if (column.validity() != null) {
            node.set("validity", encode(json, column.validity()));
        }
        return node;
    }

    private static ColumnExtent decodeColumn(JsonNode node) {
        return new ColumnExtent(
                node.required("fieldId").intValue(),
                decodeRange(node.required("values")),
                node.has("offsets") ? decodeRange(node.required("offsets")) : null,
                node.has("validity") ? decodeRange(node.required("validity")) : null);
    }

    private static ArrayNode encode(ObjectMapper json, ByteRange range) {
        return json.createArrayNode().add(range.offset()).add(range.length());
    }

    private static ByteRange decodeRange(JsonNode node) {
        return new ByteRange(node.required(0).longValue(), node.required(1).longValue());
    }

    /** The kind of a bound is told by its JSON type: whole numbers, numbers as text behind a "d", texts behind a "t". */
    private static ObjectNode encode(ObjectMapper json, ColumnStatistics statistics) {
        ObjectNode node = json.createObjectNode();
        node.put("nullCount", statistics.nullCount());
        putBound(node, "min", statistics.min());
        putBound(node, "max", statistics.max());
        return node;
    }

    private static ColumnStatistics decodeStatistics(JsonNode node, int rowCount) {
        return new ColumnStatistics(
                bound(node.path("min")),
                bound(node.path("max")),
                node.required("nullCount").longValue(),
                rowCount);
    }

    private static void putBound(ObjectNode node, String name, @Nullable Object bound) {
        switch (bound) {
            case null -> {}
            case Long value -> node.put(name, value);
            case Double value -> node.put(name, "d" + value);
            case String value -> node.put(name, "t" + value);
            case Object other -> throw new IllegalStateException("a bound of " + other.getClass());
        }
    }

    private static @Nullable Object bound(JsonNode node) {
        if (node.isMissingNode()) {
            return null;
        }
        if (node.isIntegralNumber()) {
            return node.longValue();
        }
        String text = node.textValue();
        return text.startsWith("d") ? (Object) Double.valueOf(text.substring(1)) : text.substring(1);
    }
}
