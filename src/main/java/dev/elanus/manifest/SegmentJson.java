package dev.elanus.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.column.ByteRange;
import dev.elanus.column.ColumnStatistics;
import dev.elanus.segment.ColumnExtent;
import dev.elanus.segment.RowsLayout;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Segments as JSON. A byte range is an array of offset and length. */
final class SegmentJson {
    private SegmentJson() {}

    static void encode(SegmentEntry segment, ObjectNode node) {
        node.put("id", segment.id());
        node.put("rowCount", segment.rowCount());
        IndexJson.encode(segment.rows(), node.putObject("rows"));
        segment.layout()
                .columns()
                .forEach(column -> encode(column, node.withArray("columns").addObject()));
        new TreeMap<>(segment.statistics())
                .forEach((fieldId, of) ->
                        encode(of, node.withObject("/statistics").putObject(fieldId.toString())));
        if (segment.onlyPartition() != Partition.DEFAULT_NUMBER) {
            segment.partitions()
                    .forEach((number, rows) -> node.withObject("/partitions").put(number.toString(), rows));
        }
        if (segment.deletes() != null) {
            ObjectNode deletes = node.putObject("deletes");
            deletes.put("key", segment.deletes().key());
            deletes.put("count", segment.deletes().count());
        }
        segment.indexes()
                .forEach(index ->
                        IndexJson.encode(index, node.withArray("indexes").addObject()));
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
                decodePartitions(node.path("partitions"), rowCount),
                deletes.isMissingNode()
                        ? null
                        : new DeletesEntry(
                                deletes.required("key").textValue(),
                                deletes.required("count").longValue()),
                ManifestCodec.list(node.path("indexes"), IndexJson::decodeEntry));
    }

    /** Where nothing is said, all rows are of the default partition. */
    private static SortedMap<Integer, Integer> decodePartitions(JsonNode node, int rowCount) {
        SortedMap<Integer, Integer> partitions = new TreeMap<>();
        node.properties()
                .forEach(entry -> partitions.put(
                        Integer.valueOf(entry.getKey()), entry.getValue().intValue()));
        if (partitions.isEmpty()) {
            partitions.put(Partition.DEFAULT_NUMBER, rowCount);
        }
        return partitions;
    }

    private static void encode(ColumnExtent column, ObjectNode node) {
        node.put("fieldId", column.fieldId());
        encode(column.values(), node.putArray("values"));
        if (column.offsets() != null) {
            encode(column.offsets(), node.putArray("offsets"));
        }
        if (column.validity() != null) {
            encode(column.validity(), node.putArray("validity"));
        }
    }

    private static ColumnExtent decodeColumn(JsonNode node) {
        return new ColumnExtent(
                node.required("fieldId").intValue(),
                decodeRange(node.required("values")),
                node.has("offsets") ? decodeRange(node.required("offsets")) : null,
                node.has("validity") ? decodeRange(node.required("validity")) : null);
    }

    private static void encode(ByteRange range, ArrayNode node) {
        node.add(range.offset()).add(range.length());
    }

    private static ByteRange decodeRange(JsonNode node) {
        return new ByteRange(node.required(0).longValue(), node.required(1).longValue());
    }

    /** The kind of a bound is told by its JSON type: whole numbers, numbers as text behind a "d", texts behind a "t". */
    private static void encode(ColumnStatistics statistics, ObjectNode node) {
        node.put("nullCount", statistics.nullCount());
        putBound(node, "min", statistics.min());
        putBound(node, "max", statistics.max());
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
