package dev.elanus.filter;

import dev.elanus.column.ArrayReader;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.Keys;
import dev.elanus.column.RowSet;
import dev.elanus.column.VectorColumn;
import dev.elanus.filter.JsonValues.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the rows that pass a filter, column by column. For one thread. */
public final class FilterEvaluator {
    private record Path(int fieldId, List<String> keys, boolean textsAsNumbers) {}

    private final Columns columns;
    private final int rowCount;
    /** Paths are read once, however often the filter names them. */
    private final Map<Path, JsonValues> paths = new HashMap<>();

    private final Map<LookupTarget, ScalarLookup> indexes;

    private FilterEvaluator(Columns columns, Map<LookupTarget, ScalarLookup> indexes, int rowCount) {
        this.columns = columns;
        this.indexes = indexes;
        this.rowCount = rowCount;
    }

    /**
     * The rows for which the filter is true, and neither false nor unknown.
     *
     * @param columns at least those of {@link FilterFields#of}
     * @param rowCount of the columns
     */
    public static RowSet passing(Filter filter, Columns columns, int rowCount) {
        return passing(filter, columns, Map.of(), rowCount);
    }

    /**
     * The same with indexes, which are asked where they can tell.
     *
     * @param columns at least those of {@link FilterFields#of(Filter, java.util.Set)}
     */
    public static RowSet passing(
            Filter filter, Columns columns, Map<LookupTarget, ScalarLookup> indexes, int rowCount) {
        if (FilterConstants.isAlwaysTrue(filter)) {
            return RowSet.all(rowCount);
        }
        return new FilterEvaluator(columns, indexes, rowCount).judge(filter).passed();
    }

    private Verdict judge(Filter filter) {
        for (Map.Entry<LookupTarget, ScalarLookup> index : indexes.entrySet()) {
            if (index.getKey().serves(filter)) {
                return LookupScan.judge(index.getKey().lookup(index.getValue(), filter), filter, rowCount);
            }
        }
        return switch (filter) {
            case Filter.Always(boolean value, Place _) -> Verdict.always(value, rowCount);
            case Filter.And(List<Filter> terms, Place _) -> {
                Verdict verdict = Verdict.always(true, rowCount);
                for (Filter term : terms) {
                    verdict = verdict.and(judge(term));
                }
                yield verdict;
            }
            case Filter.Or(List<Filter> terms, Place _) -> {
                Verdict verdict = Verdict.always(false, rowCount);
                for (Filter term : terms) {
                    verdict = verdict.or(judge(term));
                }
                yield verdict;
            }
            case Filter.Not(Filter term, Place _) -> judge(term).not();
            case Filter.Compare compare -> judge(compare);
            case Filter.In(Operand operand, ValueSet values, Place _) -> in(operand, values);
            case Filter.Like like -> like(like);
            case Filter.IsNull(Operand operand, Place _) -> isNull(operand);
            case Filter.Exists(Operand.JsonPath path, Place _) -> exists(valuesAt(path));
            case Filter.Contains contains -> contains(contains);
            case Filter.Spatial spatial -> spatial(spatial);
            case Filter.TextMatch match -> TextMatches.of(texts(match.field()), match);
            case Filter.PhraseMatch match -> TextMatches.of(texts(match.field()), match);
            case Filter.Sample(Filter of, double share, Place _) ->
                Sampling.of(judge(of).passed(), share);
        };
    }

    private Verdict contains(Filter.Contains contains) {
        return contains.operand() instanceof Operand.ArrayField array
                ? ArrayScan.contain(reader(array), contains.values(), contains.all())
                : arraysAt((Operand.JsonPath) contains.operand()).contain(contains.values(), contains.all());
    }

    private JsonArrays arraysAt(Operand.JsonPath path) {
        return JsonArrays.of((BytesColumn) columns.column(path.fieldId()), path.keys());
    }

    private ArrayReader reader(Operand.ArrayField array) {
        return new ArrayReader((BytesColumn) columns.column(array.fieldId()), array.element());
    }

    private Column valuesOf(Operand.FieldValue field) {
        Column column = columns.column(field.fieldId());
        return field.isWhole()
                ? column
                : ArrayScan.elements(new ArrayReader((BytesColumn) column, field.type()), field.element());
    }

    private BytesColumn texts(Operand.FieldValue field) {
        return (BytesColumn) columns.column(field.fieldId());
    }

    private Verdict judge(Filter.Compare compare) {
        if (!(compare.right() instanceof Operand.Constant(TemplateValue constant, Place _))) {
            return compareFields(compare);
        }
        if (constant instanceof TemplateValue.Array array) {
            Verdict equal = compare.left() instanceof Operand.ArrayField field
                    ? ArrayScan.equal(reader(field), array)
                    : arraysAt((Operand.JsonPath) compare.left()).equal(array);
            return compare.comparison() == Comparison.EQUAL ? equal : equal.not();
        }
        return switch (compare.left()) {
            case Operand.JsonPath path -> JsonScan.compare(valuesAt(path), compare.comparison(), constant, rowCount);
            case Operand.Arithmetic arithmetic ->
                new ArithmeticScan(arithmetic).compare(numbersOf(arithmetic), compare.comparison(), constant, rowCount);
            case Operand.FieldValue field -> {
                Column column = valuesOf(field);
                yield switch (column) {
                    case FixedColumn fixed ->
                        Verdict.of(FixedScan.compare(fixed, compare.comparison(), constant), column);
                    case BytesColumn texts ->
                        Verdict.of(TextScan.compare(texts, compare.comparison(), textOf(constant)), column);
                    case VectorColumn _ -> throw refusedWhenParsed();
                };
            }
            case Operand.Shifted(Operand.FieldValue field, Interval by, Place _) ->
                ShiftedScan.compare(
                        (FixedColumn) valuesOf(field),
                        by,
                        compare.comparison(),
                        ((TemplateValue.Int) constant).value());
            case Operand.Length(Operand of, Place _) -> {
                long length = ((TemplateValue.Int) constant).value();
                yield of instanceof Operand.ArrayField array
                        ? ArrayScan.lengths(reader(array), compare.comparison(), length)
                        : arraysAt((Operand.JsonPath) of).lengths(compare.comparison(), length);
            }
            case Operand.Constant _, Operand.ArrayField _ -> throw refusedWhenParsed();
        };
    }

    private Verdict compareFields(Filter.Compare compare) {
        Column a = valuesOf((Operand.FieldValue) compare.left());
        Column b = valuesOf((Operand.FieldValue) compare.right());
        Comparison comparison = compare.comparison();
        Verdict verdict = Verdict.unknown(rowCount);
        for (int row = 0; row < rowCount; row++) {
            if (a.isNull(row) || b.isNull(row)) {
                continue;
            }
            boolean floating = a instanceof FixedColumn first
                    && b instanceof FixedColumn second
                    && (first.type().isFloating() || second.type().isFloating());
            boolean holds = floating
                    ? comparison.holdsFor(((FixedColumn) a).doubleAt(row), ((FixedColumn) b).doubleAt(row))
                    : comparison.holdsFor(Keys.compare(a, row, b, row));
            verdict.set(row, holds);
        }
        return verdict;
    }

    private Verdict in(Operand operand, ValueSet values) {
        if (operand instanceof Operand.JsonPath path) {
            return JsonScan.in(valuesAt(path), values, rowCount);
        }
        Column column = valuesOf((Operand.FieldValue) operand);
        return switch (column) {
            case FixedColumn fixed -> Verdict.of(FixedScan.in(fixed, values), column);
            case BytesColumn texts -> Verdict.of(TextScan.in(texts, values), column);
            case VectorColumn _ -> throw refusedWhenParsed();
        };
    }

    private Verdict like(Filter.Like like) {
        LikePattern pattern = like.pattern();
        RowSet candidates = null;
        RowSet texts = null;
        for (Map.Entry<LookupTarget, ScalarLookup> index : indexes.entrySet()) {
            if (index.getKey().narrows(like)) {
                candidates = index.getValue().mayMatch(pattern);
                texts = index.getValue().valid();
            }
        }
        if (like.operand() instanceof Operand.JsonPath path) {
            if (candidates == null || texts == null) {
                return JsonScan.like(valuesAt(path), pattern, rowCount);
            }
            BytesColumn column = (BytesColumn) columns.column(path.fieldId());
            RowSet passed = JsonScan.like(JsonValues.of(column, path.keys(), false, candidates), pattern, rowCount)
                    .passed();
            return new Verdict(passed, texts.without(passed));
        }
        BytesColumn column = (BytesColumn) valuesOf((Operand.FieldValue) like.operand());
        return Verdict.of(TextScan.like(column, pattern, candidates), column);
    }

    private Verdict spatial(Filter.Spatial spatial) {
        RowSet candidates = null;
        for (Map.Entry<LookupTarget, ScalarLookup> index : indexes.entrySet()) {
            if (index.getKey().narrows(spatial)) {
                candidates = index.getValue().mayPass(spatial.test());
            }
        }
        return new ShapeScan(spatial.test()).judge(texts(spatial.field()), candidates);
    }

    private Verdict isNull(Operand operand) {
        RowSet nulls = RowSet.none(rowCount);
        if (operand instanceof Operand.JsonPath path) {
            JsonValues values = valuesAt(path);
            for (int row = 0; row < rowCount; row++) {
                if (values.kindAt(row) == Kind.ABSENT || values.kindAt(row) == Kind.NULL) {
                    nulls.add(row);
                }
            }
            return Verdict.of(nulls);
        }
        Column column = operand instanceof Operand.ArrayField array
                ? columns.column(array.fieldId())
                : valuesOf((Operand.FieldValue) operand);
        for (int row = 0; row < rowCount && column.validity().hasNulls(); row++) {
            if (column.isNull(row)) {
                nulls.add(row);
            }
        }
        return Verdict.of(nulls);
    }

    private Verdict exists(JsonValues values) {
        RowSet rows = RowSet.none(rowCount);
        for (int row = 0; row < rowCount; row++) {
            boolean something = switch (values.kindAt(row)) {
                case ABSENT, NULL, EMPTY_OBJECT -> false;
                case BOOLEAN, INTEGER, FLOATING, TEXT, ARRAY, OBJECT -> true;
            };
            if (something) {
                rows.add(row);
            }
        }
        return Verdict.of(rows);
    }

    private ArithmeticScan.Numbers numbersOf(Operand.Arithmetic arithmetic) {
        Operand operand = arithmetic.left() instanceof Operand.Constant ? arithmetic.right() : arithmetic.left();
        return switch (operand) {
            case Operand.FieldValue field -> new ArithmeticScan.FieldNumbers((FixedColumn) valuesOf(field));
            case Operand.JsonPath path -> new ArithmeticScan.PathNumbers(valuesAt(path));
            case Operand.Constant _, Operand.ArrayField _, Operand.Arithmetic _, Operand.Length _, Operand.Shifted _ ->
                throw refusedWhenParsed();
        };
    }

    private JsonValues valuesAt(Operand.JsonPath path) {
        return paths.computeIfAbsent(
                new Path(path.fieldId(), path.keys(), path.textsAsNumbers()),
                key -> JsonValues.of(
                        (BytesColumn) columns.column(key.fieldId()), key.keys(), key.textsAsNumbers(), null));
    }

    private static String textOf(TemplateValue constant) {
        return ((TemplateValue.Text) constant).value();
    }

    private static IllegalStateException refusedWhenParsed() {
        return new IllegalStateException("such a filter is refused when it is parsed");
    }
}
