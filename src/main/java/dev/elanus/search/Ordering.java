package dev.elanus.search;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.Keys;
import dev.elanus.error.Invalid;
import dev.elanus.filter.JsonValues;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.FieldPath;
import dev.elanus.storage.Need;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The order in which a read wants its rows: by the first term, those that are equal in it by the second, and so on. Nulls stand before all
 * values, and so after them where a term descends. Values at a key of JSON are ordered by their kinds first, texts, numbers, lists, booleans,
 * objects: the order of the first characters of their JSON.
 */
final class Ordering {
    /** The parameter that asks for it. */
    static final String PARAMETER = "order_by_fields";

    /** Rows whose values are held at a time, beside the best so far. */
    private static final int ROWS_A_TIME = 1 << 15;

    private final List<Term> terms;

    /** One field or key of JSON, and its direction. */
    private record Term(FieldPath path, boolean ascending) {}

    /** A row and, of each term, its value: null, a {@code byte[]} or a {@code Comparable}, or of a key of JSON a {@link KindOfJson}. */
    record Ranked(RowRef row, @Nullable Object[] values) {}

    private record KindOfJson(int rank, Object value) {}

    private Ordering(List<Term> terms) {
        this.terms = terms;
    }

    /**
     * @param text names or paths with their directions, {@code price:asc,info["a"]:desc}; a direction that is not named is ascending
     * @return null where the text is blank
     * @throws Invalid if it names what cannot be ordered by
     */
    static @Nullable Ordering of(CollectionSchema schema, String text) {
        if (text.isBlank()) {
            return null;
        }
        List<Term> terms = new ArrayList<>();
        for (String part : split(text, ',')) {
            List<String> pieces = split(part, ':');
            String name = pieces.getFirst().strip();
            if (name.isEmpty() || pieces.size() > 2) {
                throw new Invalid("empty field name in order_by_fields: expected name:direction, found " + part);
            }
            terms.add(new Term(path(schema, name), pieces.size() == 1 || isAscending(name, pieces.get(1))));
        }
        return new Ordering(terms);
    }

    private static boolean isAscending(String name, String direction) {
        return switch (direction.strip().toLowerCase(Locale.ROOT)) {
            case "asc", "ascending" -> true;
            case "desc", "descending" -> false;
            default ->
                throw new Invalid("invalid order direction '" + direction.strip() + "' for field '" + name
                        + "' (must be 'asc', 'desc', 'ascending', or 'descending')");
        };
    }

    private static FieldPath path(CollectionSchema schema, String name) {
        FieldPath path = FieldPath.find(schema, name)
                .orElseThrow(() -> new Invalid("order_by field '" + name + "' does not exist in collection schema"));
        Field field = path.field();
        boolean sortable = switch (field.type()) {
            case BOOL, INT8, INT16, INT32, INT64, FLOAT, DOUBLE, VARCHAR, TIMESTAMPTZ ->
                path.keys().isEmpty();
            case JSON -> !path.keys().isEmpty();
            default -> false;
        };
        if (!sortable) {
            throw new Invalid("order_by field '" + name + "' has unsortable type "
                    + field.type().text()
                    + "; supported types: bool, int8/16/32/64, float, double, string, varchar; for JSON fields use path syntax"
                    + " like field[\"key\"]");
        }
        return path;
    }

    /** Splits at a separator that stands outside of quotes and brackets. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        char quote = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quote != 0) {
                if (c == '\\') {
                    at++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == separator) {
                parts.add(text.substring(from, at));
                from = at + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** The fields that are read for it. */
    Set<Field> fields() {
        return Set.copyOf(terms.stream().map(term -> term.path().field()).toList());
    }

    /** Rows with what they are ordered by. */
    List<Ranked> rank(List<RowRef> rows, Waves waves, OutputReader outputReader) {
        List<Field> fields = List.copyOf(fields());
        List<Need> frames = new ArrayList<>();
        rows.stream().map(RowRef::source).distinct().forEach(source -> frames.addAll(source.frames(fields)));
        waves.bring(frames);
        OutputRows read = outputReader.read(
                waves, rows, new OutputFields(fields.stream().map(Field::name).toList(), fields, Set.of()));
        List<@Nullable Object[]> values = new ArrayList<>();
        for (Term term : terms) {
            Column column =
                    read.columns().get(fields.indexOf(term.path().field())).column();
            values.add(valuesOf(column, term.path().keys()));
        }
        List<Ranked> ranked = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            int row = i;
            ranked.add(new Ranked(
                    rows.get(i), values.stream().map(column -> column[row]).toArray()));
        }
        return ranked;
    }

    Comparator<Ranked> comparator() {
        return (a, b) -> {
            for (int i = 0; i < terms.size(); i++) {
                int order = compare(a.values()[i], b.values()[i]);
                if (order != 0) {
                    return terms.get(i).ascending() ? order : -order;
                }
            }
            return 0;
        };
    }

    private static @Nullable Object[] valuesOf(Column column, List<String> keys) {
        @Nullable Object[] values = new Object[column.rowCount()];
        JsonValues json = column instanceof BytesColumn bytes && !keys.isEmpty() ? JsonValues.of(bytes, keys) : null;
        for (int row = 0; row < values.length; row++) {
            values[row] = json != null ? ofJson(json, row) : column.isNull(row) ? null : valueAt(column, row);
        }
        return values;
    }

    private static Object valueAt(Column column, int row) {
        return switch (column) {
            case FixedColumn fixed when fixed.type().isFloating() -> fixed.doubleAt(row);
            case FixedColumn fixed when fixed.type() == DataType.BOOL -> fixed.booleanAt(row) ? 1L : 0L;
            case FixedColumn fixed -> fixed.longAt(row);
            case BytesColumn bytes -> bytes.bytesAt(row);
            default -> throw new IllegalStateException("vectors have no order");
        };
    }

    private static @Nullable Object ofJson(JsonValues json, int row) {
        return switch (json.kindAt(row)) {
            case ABSENT, NULL -> null;
            case TEXT -> new KindOfJson(0, json.textAt(row).getBytes(StandardCharsets.UTF_8));
            case INTEGER -> new KindOfJson(1, json.longAt(row));
            case FLOATING -> new KindOfJson(1, json.doubleAt(row));
            case ARRAY -> new KindOfJson(2, 0L);
            case BOOLEAN -> new KindOfJson(3, json.booleanAt(row) ? 1L : 0L);
            case OBJECT, EMPTY_OBJECT -> new KindOfJson(4, 0L);
        };
    }

    private static int compare(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return Boolean.compare(a != null, b != null);
        }
        return switch (a) {
            case KindOfJson(int rank, Object value) -> {
                KindOfJson other = (KindOfJson) b;
                yield rank != other.rank() ? Integer.compare(rank, other.rank()) : compare(value, other.value());
            }
            case byte[] bytes -> Arrays.compareUnsigned(bytes, (byte[]) b);
            case Long number when b instanceof Long other -> Long.compare(number, other);
            default -> Double.compare(((Number) a).doubleValue(), ((Number) b).doubleValue());
        };
    }

    /** The first rows in this order, those that are equal in it in the order in which they came. */
    List<RowRef> first(long count, List<RowRef> rows, Waves waves, OutputReader outputReader) {
        List<Ranked> best = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += ROWS_A_TIME) {
            waves.checkTime();
            List<RowRef> some = rows.subList(from, Math.min(from + ROWS_A_TIME, rows.size()));
            best.addAll(rank(some, waves, outputReader));
            best.sort(comparator());
            if (best.size() > count) {
                best.subList((int) count, best.size()).clear();
            }
        }
        return best.stream().map(Ranked::row).toList();
    }

    /**
     * Hits of each query in this order. Those of a group stay together, and stand where the first of them does.
     *
     * @param groups of each hit of all queries the value that its group has in common, null where hits are not grouped
     */
    SearchHits sort(SearchHits found, @Nullable Column groups, Waves waves, OutputReader outputReader) {
        List<Candidate> all = found.all();
        List<Ranked> ranked = rank(all.stream().map(Candidate::row).toList(), waves, outputReader);
        Comparator<List<Integer>> byFirst = Comparator.comparing(unit -> ranked.get(unit.getFirst()), comparator());
        List<List<Candidate>> sorted = new ArrayList<>();
        int from = 0;
        for (List<Candidate> hits : found.ofQuery()) {
            sorted.add(units(from, from + hits.size(), groups).stream()
                    .sorted(byFirst)
                    .flatMap(List::stream)
                    .map(all::get)
                    .toList());
            from += hits.size();
        }
        return new SearchHits(sorted, found.scanned());
    }

    /** The places from one to another, those of a group in one list. */
    private static List<List<Integer>> units(int from, int to, @Nullable Column groups) {
        List<List<Integer>> units = new ArrayList<>();
        for (int at = from; at < to; at++) {
            boolean goesOn = at > from && groups != null && isSame(groups, at - 1, at);
            if (!goesOn) {
                units.add(new ArrayList<>());
            }
            units.getLast().add(at);
        }
        return units;
    }

    private static boolean isSame(Column groups, int one, int other) {
        return groups.isNull(one) || groups.isNull(other)
                ? groups.isNull(one) && groups.isNull(other)
                : Keys.compare(groups, one, groups, other) == 0;
    }
}
