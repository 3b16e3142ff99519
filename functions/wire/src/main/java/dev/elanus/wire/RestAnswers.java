package dev.elanus.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.Keys;
import dev.elanus.column.VectorColumn;
import dev.elanus.schema.Field;
import dev.elanus.search.OutputRows;
import dev.elanus.search.QueryResult;
import dev.elanus.search.RequestCost;
import dev.elanus.search.SearchResult;

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
    public ObjectNode query(QueryResult result) {
        if (result.count().isPresent()) {
            ArrayNode data = JSON.arrayNode();
            data.addObject().put(QueryCodec.COUNT, result.count().getAsLong());
            return costed(of(data), result.cost());
        }
        ArrayNode rows = JSON.arrayNode();
        for (int row = 0; row < result.output().rowCount(); row++) {
            rows.add(row(JSON.objectNode(), result.output(), row));
        }
        return costed(of(rows), result.cost());
    }

    /** The hits of all queries in one list, and how many are whose. */
    public ObjectNode search(SearchResult result) {
        Field key = result.schema().primaryKey();
        ArrayNode hits = JSON.arrayNode();
        for (int row = 0; row < result.scores().length; row++) {
            ObjectNode hit = JSON.objectNode().put("distance", result.scores()[row]);
            hit.set(key.name(), key(result.keys(), row));
            hits.add(row(hit, result.output(), row));
        }
        ObjectNode answer = of(hits);
        ArrayNode counts = answer.putArray("topks");
        for (int count : result.hitCounts()) {
            counts.add(count);
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

    private ObjectNode row(ObjectNode row, OutputRows output, int number) {
        for (OutputRows.OutputColumn column : output.columns()) {
            Field field = column.field();
            if (field.dynamic()) {
                BytesColumn objects = (BytesColumn) column.column();
                Json.parse(objects.bytesAt(number), "dynamic field")
                        .properties()
                        .forEach(member -> row.set(member.getKey(), member.getValue()));
            } else {
                row.set(field.name(), value(column.column(), number));
            }
        }
        return row;
    }

    private JsonNode value(Column column, int row) {
        if (column.isNull(row)) {
            return JSON.nullNode();
        }
        return switch (column) {
            case BytesColumn bytes -> JSON.textNode(bytes.textAt(row));
            case FixedColumn fixed -> scalar(fixed, row);
            case VectorColumn vectors -> {
                ArrayNode values = JSON.arrayNode(vectors.dimension());
                for (float value : vectors.floatsAt(row)) {
                    values.add(value);
                }
                yield values;
            }
        };
    }

    private JsonNode scalar(FixedColumn column, int row) {
        return switch (column.type()) {
            case BOOL -> JSON.booleanNode(column.booleanAt(row));
            case INT8, INT16, INT32 -> JSON.numberNode(column.longAt(row));
            case INT64 -> number(column.longAt(row));
            case FLOAT -> JSON.numberNode((float) column.doubleAt(row));
            case DOUBLE -> JSON.numberNode(column.doubleAt(row));
            case VARCHAR, JSON, FLOAT_VECTOR -> throw new IllegalStateException("scalar " + column.type());
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
