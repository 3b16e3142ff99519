package dev.elanus.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.elanus.column.FixedColumn;
import dev.elanus.error.Invalid;
import dev.elanus.manifest.CollectionDefinition;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.TimestampText;
import io.milvus.grpc.ArrayArray;
import io.milvus.grpc.DataType;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.StringArray;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a request wants times shown.
 *
 * @param zone in which they are told
 * @param parts of which they consist, in this order; none for texts
 */
public record ShownTimes(ZoneId zone, List<ChronoField> parts) {
    static final String PARTS = "time_fields";
    private static final long MICROS_A_SECOND = 1_000_000;

    public ShownTimes {
        parts = List.copyOf(parts);
    }

    /** Texts in the collection's zone. */
    static ShownTimes of(CollectionSchema schema) {
        return new ShownTimes(schema.zone(), List.of());
    }

    /** As the parameters {@code timezone} and {@code time_fields} say. */
    static ShownTimes of(Map<String, String> params, CollectionSchema schema) {
        List<ChronoField> parts = Arrays.stream(params.getOrDefault(PARTS, "").split("[, ]+"))
                .filter(name -> !name.isEmpty())
                .map(ShownTimes::part)
                .toList();
        return new ShownTimes(zone(params.get(CollectionDefinition.TIMEZONE)).orElse(schema.zone()), parts);
    }

    /** The zone of that name; nothing where there is no name. */
    static Optional<ZoneId> zone(@Nullable String name) {
        return name == null || name.isEmpty() ? Optional.empty() : Optional.of(TimestampText.zone(name));
    }

    private static ChronoField part(String name) {
        return switch (name) {
            case "year" -> ChronoField.YEAR;
            case "month" -> ChronoField.MONTH_OF_YEAR;
            case "day" -> ChronoField.DAY_OF_MONTH;
            case "hour" -> ChronoField.HOUR_OF_DAY;
            case "minute" -> ChronoField.MINUTE_OF_HOUR;
            case "second" -> ChronoField.SECOND_OF_MINUTE;
            case "microsecond" -> ChronoField.MICRO_OF_SECOND;
            default -> throw Invalid.of(PARTS, "year, month, day, hour, minute, second or microsecond", name);
        };
    }

    DataType type() {
        return parts.isEmpty() ? DataType.Timestamptz : DataType.Array;
    }

    ScalarField encode(FixedColumn times) {
        ScalarField.Builder message = ScalarField.newBuilder();
        if (parts.isEmpty()) {
            StringArray.Builder texts = StringArray.newBuilder();
            for (int row = 0; row < times.rowCount(); row++) {
                texts.addData(times.isNull(row) ? "" : TimestampText.print(times.longAt(row), zone));
            }
            return message.setStringData(texts).build();
        }
        ArrayArray.Builder rows = ArrayArray.newBuilder().setElementType(DataType.Int64);
        for (int row = 0; row < times.rowCount(); row++) {
            LongArray.Builder values = LongArray.newBuilder();
            if (!times.isNull(row)) {
                OffsetDateTime time = at(times.longAt(row));
                parts.forEach(part -> values.addData(time.getLong(part)));
            }
            rows.addData(ScalarField.newBuilder().setLongData(values));
        }
        return message.setArrayData(rows).build();
    }

    /** One time as REST tells it: a text, or a list of numbers. */
    JsonNode json(long micros) {
        if (parts.isEmpty()) {
            return JsonNodeFactory.instance.textNode(TimestampText.print(micros, zone));
        }
        OffsetDateTime time = at(micros);
        ArrayNode values = JsonNodeFactory.instance.arrayNode(parts.size());
        parts.forEach(part -> values.add(time.getLong(part)));
        return values;
    }

    private OffsetDateTime at(long micros) {
        return OffsetDateTime.ofInstant(
                Instant.ofEpochSecond(
                        Math.floorDiv(micros, MICROS_A_SECOND), Math.floorMod(micros, MICROS_A_SECOND) * 1000),
                zone);
    }
}
