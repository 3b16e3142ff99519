package dev.elanus.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.column.ArrayReader;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.Geometries;
import dev.elanus.column.Keys;
import dev.elanus.column.SparseRow;
import dev.elanus.column.VectorColumn;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.search.OutputRows;
import dev.elanus.search.QueryResult;
import dev.elanus.search.RequestCost;
import dev.elanus.search.SearchResult;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Rows and hits as REST answers them.
 *
 * @param longsAsNumbers whether 64-bit integers are JSON numbers, or else decimal strings
 */
public record RestAnswers(boolean longsAsNumbers) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** An answer that succeeded. */
    public static ObjectNode of(JsonNode data) {
        ObjectNode answer = JSON.objectNode().put("code", 0);
        answer.set("data", data);
        return answer;
    }

    public static ObjectNode refusal(io.milvus.grpc.Status status) {
        return JSON.objectNode().put("code", status.getCode()).put("message", status.getReason());
    }

    /** Rows, or one object with their number. */
    public ObjectNode query(QueryResult result, ShownTimes times) {
        if (result.count().isPresent()) {
            ArrayNode data = JSON.arrayNode();
            data.addObject().put(QueryCodec.COUNT, result.count().getAsLong());
            return costed(of(data), result.cost());
        }
        ArrayNode rows = JSON.arrayNode();
        for (int row = 0; row < result.output().rowCount(); row++) {
            rows.add(row(JSON.objectNode(), result.output(), row, times));
        }
        return costed(of(rows), result.cost());
    }

    /** The hits of all queries in one list, and how many are whose. */
    public ObjectNode search(SearchResult result, ShownTimes times) {
        Field key = result.schema().primaryKey();
        ArrayNode hits = JSON.arrayNode();
        for (int row = 0; row < result.scores().length; row++) {
            ObjectNode hit = JSON.objectNode().put("distance", result.scores()[row]);
            hit.set(key.name(), key(result.keys(), row));
            hits.add(row(hit, result.output(), row, times));
        }
        ObjectNode answer = of(hits);
        ArrayNode counts = answer.putArray("topks");
        for (int count : result.hitCounts()) {
            counts.add(count);
        }
        if (!result.paths().isEmpty()) {
            result.paths().forEach(answer.putArray("explanation")::add);
        }
        return costed(answer, result.cost());
    }

    /** The keys of written rows. */
    public ArrayNode keys(Column keys) {
        ArrayNode ids = JSON.arrayNode();
        for (int row = 0; row < keys.rowCount(); row++) {
            ids.add(key(keys, row));
        }
        return ids;
    }

    private JsonNode key(Column keys, int row) {
        return Keys.valueAt(keys, row) instanceof Long number
                ? number(number)
                : JSON.textNode((String) Keys.valueAt(keys, row));
    }

    private ObjectNode row(ObjectNode row, OutputRows output, int number, ShownTimes times) {
        for (OutputRows.OutputColumn column : output.columns()) {
            Field field = column.field();
            if (field.dynamic()) {
                BytesColumn objects = (BytesColumn) column.column();
                Json.parse(objects.bytesAt(number), "dynamic field")
                        .properties()
                        .forEach(member -> row.set(member.getKey(), member.getValue()));
            } else if (field.name().endsWith("]")) {
                RestStructs.encode(row, field, column.column(), number);
            } else {
                row.set(field.name(), value(field, column.column(), number, times));
            }
        }
        return row;
    }

    private JsonNode value(Field field, Column column, int row, ShownTimes times) {
        if (column.isNull(row)) {
            return JSON.nullNode();
        }
        return switch (column) {
            case BytesColumn bytes -> bytes(field, bytes, row);
            case FixedColumn fixed -> scalar(fixed, row, times);
            case VectorColumn vectors
            when field.type() == DataType.FLOAT_VECTOR -> {
                ArrayNode values = JSON.arrayNode(vectors.dimension());
                for (float value : vectors.floatsAt(row)) {
                    values.add(value);
                }
                yield values;
            }
            case VectorColumn vectors -> JSON.binaryNode(vectors.vectorAt(row).toArray(ValueLayout.JAVA_BYTE));
        };
    }

    private static JsonNode bytes(Field field, BytesColumn column, int row) {
        return switch (field.type()) {
            case ARRAY -> RestArrays.encode(ArrayReader.of(field, column), row);
            case GEOMETRY -> JSON.textNode(Geometries.wkt(column.bytesAt(row)));
            case SPARSE_FLOAT_VECTOR -> {
                ObjectNode pairs = JSON.objectNode();
                MemorySegment bytes = column.viewAt(row);
                for (long at = 0; at < bytes.byteSize(); at += SparseRow.PAIR_BYTES) {
                    pairs.put(Long.toString(SparseRow.indexAt(bytes, at)), SparseRow.valueAt(bytes, at));
                }
                yield pairs;
            }
            default -> JSON.textNode(column.textAt(row));
        };
    }

    private JsonNode scalar(FixedColumn column, int row, ShownTimes times) {
        return switch (column.type()) {
            case BOOL -> JSON.booleanNode(column.booleanAt(row));
            case INT8, INT16, INT32 -> JSON.numberNode(column.longAt(row));
            case INT64 -> number(column.longAt(row));
            case FLOAT -> JSON.numberNode((float) column.doubleAt(row));
            case DOUBLE -> JSON.numberNode(column.doubleAt(row));
            case TIMESTAMPTZ -> times.json(column.longAt(row));
            case VARCHAR,
                    ARRAY,
                    JSON,
                    GEOMETRY,
                    BINARY_VECTOR,
                    FLOAT_VECTOR,
                    FLOAT16_VECTOR,
                    BFLOAT16_VECTOR,
                    SPARSE_FLOAT_VECTOR,
                    ARRAY_OF_VECTOR,
                    INT8_VECTOR -> throw new IllegalStateException("scalar " + column.type());
        };
    }

    private JsonNode number(long value) {
        return longsAsNumbers ? JSON.numberNode(value) : JSON.textNode(Long.toString(value));
    }

    private static ObjectNode costed(ObjectNode answer, RequestCost cost) {
        answer.put("cost", 0);
        answer.putObject("elanus")
                .put("waves", cost.waves())
                .put("gets", cost.gets())
                .put("bytesRead", cost.bytesRead())
                .put("rowsScanned", cost.rowsScanned())
                .put("segmentsSearched", cost.segmentsSearched())
                .put("segmentsPruned", cost.segmentsPruned());
        return answer;
    }
}
