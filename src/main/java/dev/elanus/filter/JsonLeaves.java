package dev.elanus.filter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.RowSet;
import dev.elanus.error.Corrupt;
import dev.elanus.schema.DataType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The booleans, numbers and texts in JSON that objects lead to, each as a text ({@link #key}) that orders like the value among those at its
 * place. What lies within arrays, or behind a key that could be a position in one, is left out.
 */
public final class JsonLeaves {
    private final BytesColumn column;
    private final List<String> texts = new ArrayList<>();
    private final List<Integer> rows = new ArrayList<>();

    private JsonLeaves(BytesColumn column) {
        this.column = column;
    }

    /** @param path to the values among which objects lead on */
    static IndexedValues of(BytesColumn column, List<String> path) {
        JsonLeaves leaves = new JsonLeaves(column);
        JsonFactory factory = JsonValues.factory();
        RowSet valid = RowSet.none(column.rowCount());
        for (int row = 0; row < column.rowCount(); row++) {
            if (column.isNull(row)) {
                continue;
            }
            try (JsonParser parser = factory.createParser(column.bytesAt(row))) {
                JsonToken first = JsonValues.find(parser, path);
                if (first != null) {
                    leaves.read(parser, first, row, new ArrayList<>());
                }
            } catch (IOException failure) {
                throw new Corrupt("JSON of row " + row + ": expected JSON, found " + failure.getMessage(), failure);
            }
        }
        leaves.rows.forEach(valid::add);
        int[] rowOf = leaves.rows.stream().mapToInt(Integer::intValue).toArray();
        return new IndexedValues(BytesColumn.of(DataType.VARCHAR, leaves.texts), rowOf, valid);
    }

    /**
     * What all values of one kind at one place begin with. The place comes first, with the length of its text, so that no place's keys begin with
     * those of another.
     *
     * @param kind BOOLEAN, NUMBER or TEXT
     */
    public static String start(List<String> keys, LookupTarget.Kind kind) {
        return place(keys) + letter(kind);
    }

    /** What stands for all values of one kind at one place. */
    public static String mark(List<String> keys, LookupTarget.Kind kind) {
        return place(keys) + Character.toUpperCase(letter(kind));
    }

    /** A value as it stands behind {@link #start}. */
    public static String key(TemplateValue value) {
        return switch (value) {
            case TemplateValue.Bool(boolean flag) -> flag ? "1" : "0";
            case TemplateValue.Int(long number) -> key((double) number);
            case TemplateValue.Floating(double number) -> key(number);
            case TemplateValue.Text(String text) -> text;
            case TemplateValue.Time _, TemplateValue.Array _, TemplateValue.Json _ ->
                throw new IllegalStateException("no scalar");
        };
    }

    /** Digits whose order is that of the numbers; both zeros are one. */
    private static String key(double number) {
        long bits = Double.doubleToLongBits(number + 0.0);
        return "%016x".formatted(bits ^ (bits >> 63 | Long.MIN_VALUE));
    }

    private static String place(List<String> keys) {
        StringBuilder pointer = new StringBuilder();
        for (String key : keys) {
            pointer.append('/').append(key.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.length() + ":" + pointer;
    }

    private static char letter(LookupTarget.Kind kind) {
        return switch (kind) {
            case BOOLEAN -> 'b';
            case NUMBER -> 'n';
            case TEXT -> 't';
            case INTEGER, SHAPE, JSON -> throw new IllegalStateException("no leaf: " + kind);
        };
    }

    private void read(JsonParser parser, JsonToken token, int row, List<String> keys) throws IOException {
        switch (token) {
            case START_OBJECT -> {
                Set<String> seen = new HashSet<>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String key = parser.currentName();
                    JsonToken value = parser.nextToken();
                    // Of members of the same name the first counts.
                    if (!seen.add(key) || LookupTarget.isPosition(key)) {
                        parser.skipChildren();
                        continue;
                    }
                    keys.addLast(key);
                    read(parser, value, row, keys);
                    keys.removeLast();
                }
            }
            case START_ARRAY -> parser.skipChildren();
            default -> add(valueOf(parser, token), row, keys);
        }
    }

    private static @Nullable TemplateValue valueOf(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_TRUE, VALUE_FALSE -> new TemplateValue.Bool(token == JsonToken.VALUE_TRUE);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new TemplateValue.Floating(parser.getDoubleValue());
            case VALUE_STRING -> new TemplateValue.Text(parser.getText());
            default -> null;
        };
    }

    private void add(@Nullable TemplateValue value, int row, List<String> keys) {
        if (value == null) {
            return;
        }
        LookupTarget.Kind kind = switch (value) {
            case TemplateValue.Bool _ -> LookupTarget.Kind.BOOLEAN;
            case TemplateValue.Text _ -> LookupTarget.Kind.TEXT;
            default -> LookupTarget.Kind.NUMBER;
        };
        texts.add(mark(keys, kind));
        rows.add(row);
        texts.add(start(keys, kind) + key(value));
        rows.add(row);
    }
}
