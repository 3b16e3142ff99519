package dev.elanus.filter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.RowSet;
import dev.elanus.error.Corrupt;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values at one path of a JSON column, each with its kind. Numbers are integers where they were written as such and fit into 64 bits. */
public final class JsonValues {
    /** What a path leads to in one row. */
    public enum Kind {
        /** Nothing, or a row that is null. */
        ABSENT,
        NULL,
        BOOLEAN,
        INTEGER,
        FLOATING,
        TEXT,
        ARRAY,
        OBJECT,
        EMPTY_OBJECT
    }

    private final Kind[] kinds;
    /** Integers, the bits of floating-point numbers, and 0 or 1 for booleans. */
    private final long[] numbers;

    private final @Nullable String[] texts;

    private JsonValues(int rowCount) {
        kinds = new Kind[rowCount];
        numbers = new long[rowCount];
        texts = new String[rowCount];
    }

    /** @throws Corrupt if a row is no JSON: that was checked before it was stored */
    public static JsonValues of(BytesColumn column, List<String> path) {
        return of(column, path, false, null);
    }

    /**
     * @param textsAsNumbers whether a text that {@link LeadingNumber begins with a number} is that number
     * @param wanted the rows to read, all others being absent; null for all
     */
    static JsonValues of(BytesColumn column, List<String> path, boolean textsAsNumbers, @Nullable RowSet wanted) {
        JsonFactory factory = factory();
        JsonValues values = new JsonValues(column.rowCount());
        for (int row = 0; row < column.rowCount(); row++) {
            if (column.isNull(row) || wanted != null && !wanted.contains(row)) {
                values.kinds[row] = Kind.ABSENT;
                continue;
            }
            try (JsonParser parser = factory.createParser(column.bytesAt(row))) {
                values.read(parser, path, row);
                if (textsAsNumbers) {
                    values.castText(row);
                }
            } catch (IOException failure) {
                throw new Corrupt("JSON of row " + row + ": expected JSON, found " + failure.getMessage(), failure);
            }
        }
        return values;
    }

    /** The default pool of buffers hangs on threads, of which there are as many as there are requests. */
    static JsonFactory factory() {
        return JsonFactory.builder()
                .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }

    /** The first token of what a path leads to, or null if it leads nowhere. */
    static @Nullable JsonToken find(JsonParser parser, List<String> path) throws IOException {
        JsonToken token = parser.nextToken();
        for (int depth = 0; depth < path.size() && token != null; depth++) {
            token = enter(parser, token, path.get(depth));
        }
        return token;
    }

    public Kind kindAt(int row) {
        return kinds[row];
    }

    public boolean isNumber(int row) {
        return kinds[row] == Kind.INTEGER || kinds[row] == Kind.FLOATING;
    }

    public boolean isInteger(int row) {
        return kinds[row] == Kind.INTEGER;
    }

    public boolean booleanAt(int row) {
        return numbers[row] != 0;
    }

    public long longAt(int row) {
        return numbers[row];
    }

    public double doubleAt(int row) {
        return kinds[row] == Kind.INTEGER ? numbers[row] : Double.longBitsToDouble(numbers[row]);
    }

    public String textAt(int row) {
        String text = texts[row];
        if (text == null) {
            throw new IllegalStateException("row " + row + " is no text");
        }
        return text;
    }

    private void castText(int row) {
        if (kinds[row] == Kind.TEXT) {
            LeadingNumber.of(textAt(row)).ifPresent(number -> {
                kinds[row] = Kind.FLOATING;
                numbers[row] = Double.doubleToRawLongBits(number);
            });
        }
    }

    private void read(JsonParser parser, List<String> path, int row) throws IOException {
        JsonToken token = find(parser, path);
        if (token == null) {
            kinds[row] = Kind.ABSENT;
            return;
        }
        kinds[row] = switch (token) {
            case VALUE_NULL -> Kind.NULL;
            case VALUE_TRUE, VALUE_FALSE -> {
                numbers[row] = token == JsonToken.VALUE_TRUE ? 1 : 0;
                yield Kind.BOOLEAN;
            }
            case VALUE_NUMBER_INT -> {
                boolean fits = parser.getNumberType() != NumberType.BIG_INTEGER;
                numbers[row] = fits ? parser.getLongValue() : Double.doubleToRawLongBits(parser.getDoubleValue());
                yield fits ? Kind.INTEGER : Kind.FLOATING;
            }
            case VALUE_NUMBER_FLOAT -> {
                numbers[row] = Double.doubleToRawLongBits(parser.getDoubleValue());
                yield Kind.FLOATING;
            }
            case VALUE_STRING -> {
                texts[row] = parser.getText();
                yield Kind.TEXT;
            }
            case START_ARRAY -> Kind.ARRAY;
            case START_OBJECT -> parser.nextToken() == JsonToken.END_OBJECT ? Kind.EMPTY_OBJECT : Kind.OBJECT;
            case NOT_AVAILABLE, FIELD_NAME, END_ARRAY, END_OBJECT, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("no value starts with " + token);
        };
    }

    /** The first token of the member or element, or null if there is none. Of members of the same name the first counts. */
    private static @Nullable JsonToken enter(JsonParser parser, JsonToken token, String key) throws IOException {
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals(key);
                JsonToken value = parser.nextToken();
                if (found) {
                    return value;
                }
                parser.skipChildren();
            }
            return null;
        }
        if (token != JsonToken.START_ARRAY || key.isEmpty() || !key.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        long left = key.length() > 9 ? Integer.MAX_VALUE : Long.parseLong(key);
        JsonToken element = parser.nextToken();
        while (element != JsonToken.END_ARRAY && left > 0) {
            parser.skipChildren();
            element = parser.nextToken();
            left--;
        }
        return element == JsonToken.END_ARRAY ? null : element;
    }
}
