package dev.elanus.filter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import dev.elanus.column.BytesColumn;
import dev.elanus.error.Corrupt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** The arrays at one path of a JSON column, read row by row. Where there is none, nothing is true or false. */
final class JsonArrays {
    private final BytesColumn column;
    private final List<String> path;

    private JsonArrays(BytesColumn column, List<String> path) {
        this.column = column;
        this.path = path;
    }

    static JsonArrays of(BytesColumn column, List<String> path) {
        return new JsonArrays(column, path);
    }

    /** @param wanted in normal form */
    Verdict contain(Set<TemplateValue> wanted, boolean all) {
        Verdict verdict = Verdict.unknown(column.rowCount());
        forEach((row, parser) -> {
            Set<TemplateValue> found = new HashSet<>();
            int enough = all ? wanted.size() : Math.min(1, wanted.size());
            while (parser.nextToken() != JsonToken.END_ARRAY && found.size() < enough) {
                TemplateValue element = valueOf(parser);
                if (element != null && wanted.contains(element.normalized())) {
                    found.add(element.normalized());
                }
            }
            verdict.set(row, found.size() >= enough && (all || enough > 0));
        });
        return verdict;
    }

    /** @param wanted in normal form */
    Verdict equal(TemplateValue.Array wanted) {
        Verdict verdict = Verdict.unknown(column.rowCount());
        forEach((row, parser) -> {
            TemplateValue found = valueOf(parser);
            verdict.set(row, found != null && found.normalized().equals(wanted));
        });
        return verdict;
    }

    Verdict lengths(Comparison comparison, long length) {
        Verdict verdict = Verdict.unknown(column.rowCount());
        forEach((row, parser) -> {
            long count = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                parser.skipChildren();
                count++;
            }
            verdict.set(row, comparison.holdsFor(Long.compare(count, length)));
        });
        return verdict;
    }

    /**
     * Every array, and every element that a constant could be.
     *
     * @param array told the rows that have an array, ascending
     */
    void forEachElement(IntConsumer array, ElementReader element) {
        forEach((row, parser) -> {
            array.accept(row);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                TemplateValue value = valueOf(parser);
                if (value != null) {
                    element.read(row, value);
                }
            }
        });
    }

    @FunctionalInterface
    interface ElementReader {
        void read(int row, TemplateValue element);
    }

    @FunctionalInterface
    private interface ArrayReader {
        /** @param parser stands at the start of the array */
        void read(int row, JsonParser parser) throws IOException;
    }

    private void forEach(ArrayReader reader) {
        JsonFactory factory = JsonValues.factory();
        for (int row = 0; row < column.rowCount(); row++) {
            if (column.isNull(row)) {
                continue;
            }
            try (JsonParser parser = factory.createParser(column.bytesAt(row))) {
                if (JsonValues.find(parser, path) == JsonToken.START_ARRAY) {
                    reader.read(row, parser);
                }
            } catch (IOException failure) {
                throw new Corrupt("JSON of row " + row + ": expected JSON, found " + failure.getMessage(), failure);
            }
        }
    }

    /** The value whose first token the parser stands at; null for what no constant can be. */
    private static @Nullable TemplateValue valueOf(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> new TemplateValue.Bool(true);
            case VALUE_FALSE -> new TemplateValue.Bool(false);
            case VALUE_STRING -> new TemplateValue.Text(parser.getText());
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == NumberType.BIG_INTEGER
                        ? new TemplateValue.Floating(parser.getDoubleValue())
                        : new TemplateValue.Int(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> new TemplateValue.Floating(parser.getDoubleValue());
            case START_ARRAY -> {
                List<TemplateValue> elements = new ArrayList<>();
                boolean comparable = true;
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    TemplateValue element = valueOf(parser);
                    comparable &= element != null;
                    if (element != null) {
                        elements.add(element);
                    }
                }
                yield comparable ? new TemplateValue.Array(elements) : null;
            }
            default -> {
                parser.skipChildren();
                yield null;
            }
        };
    }
}
