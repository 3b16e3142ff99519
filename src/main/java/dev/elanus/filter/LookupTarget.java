package dev.elanus.filter;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What an index is over, as far as a filter cares.
 *
 * @param path keys into JSON; none for the field itself
 * @param kind of the values or elements
 * @param textsAsNumbers whether texts that begin with a number are among the numbers at a path
 */
public record LookupTarget(int fieldId, List<String> path, Kind kind, Shape shape, boolean textsAsNumbers) {
    /** What is indexed of each value. */
    public enum Shape {
        /** The value. */
        WHOLE,
        /** The elements of an array. */
        ELEMENTS,
        /** All values in JSON that objects lead to. */
        LEAVES,
        /** Runs of characters in a text, which tell where a pattern may match. */
        GRAMS,
        /** Boxes around shapes, which tell where one may pass a test. */
        BOXES
    }

    /** Kinds of values. */
    public enum Kind {
        BOOLEAN,
        /** Exact 64-bit integers of an integer field. */
        INTEGER,
        /** Float64: of floating-point fields, and of numbers in JSON. */
        NUMBER,
        TEXT,
        /** What the field is of type Geometry for. */
        SHAPE,
        /** Booleans, numbers and texts, each with the way to it. */
        JSON
    }

    /** Below it float64 tells all integers apart. */
    private static final long EXACT = 1L << 53;

    public LookupTarget {
        path = List.copyOf(path);
    }

    /** What answers a filter that {@link #serves this serves}: of an index over many places, the one that the filter is about. */
    ScalarLookup lookup(ScalarLookup index, Filter leaf) {
        if (shape != Shape.LEAVES) {
            return index;
        }
        return switch (leaf) {
            case Filter.Compare(Operand.JsonPath at, Comparison _, Operand.Constant constant, Place _) ->
                index.at(below(at), kindOf(constant.value()));
            case Filter.In(Operand.JsonPath at, ValueSet values, Place _) ->
                index.at(below(at), values.hasNumbers() ? Kind.NUMBER : values.hasTexts() ? Kind.TEXT : Kind.BOOLEAN);
            case Filter.Like(Operand.JsonPath at, LikePattern _, Place _) -> index.at(below(at), Kind.TEXT);
            default -> throw new IllegalStateException("not served: " + leaf);
        };
    }

    private List<String> below(Operand.JsonPath at) {
        return at.keys().subList(path.size(), at.keys().size());
    }

    /** Whether a key may be a place in an array, which an index over leaves does not know. */
    static boolean isPosition(String key) {
        return !key.isEmpty() && key.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Kind kindOf(TemplateValue value) {
        return switch (value) {
            case TemplateValue.Bool _ -> Kind.BOOLEAN;
            case TemplateValue.Int _, TemplateValue.Floating _ -> Kind.NUMBER;
            case TemplateValue.Text _ -> Kind.TEXT;
            case TemplateValue.Time _, TemplateValue.Array _, TemplateValue.Json _ ->
                throw new IllegalStateException("no scalar");
        };
    }

    /** Whether the index alone can judge a filter that has no others in it. */
    boolean serves(Filter leaf) {
        return switch (leaf) {
            case Filter.Compare(Operand left, Comparison _, Operand right, Place _) ->
                isWhole(left) && right instanceof Operand.Constant constant && takes(constant.value());
            case Filter.In(Operand operand, ValueSet values, Place _) -> isWhole(operand) && takes(values);
            case Filter.Like(Operand operand, LikePattern _, Place _) ->
                (kind == Kind.TEXT || kind == Kind.JSON) && isWhole(operand);
            // Of JSON it knows only the values of one kind.
            case Filter.IsNull(Operand operand, Place _) -> operand instanceof Operand.FieldValue && isWhole(operand);
            case Filter.Contains(Operand operand, Set<TemplateValue> values, boolean _, Place _) ->
                shape == Shape.ELEMENTS && isAt(operand) && values.stream().allMatch(this::takes);
            case Filter.Always _,
                    Filter.And _,
                    Filter.Or _,
                    Filter.Not _,
                    Filter.Exists _,
                    Filter.Spatial _,
                    Filter.TextMatch _,
                    Filter.PhraseMatch _,
                    Filter.Sample _ -> false;
        };
    }

    /** Whether the index can tell of most rows that they do not pass, and of the others nothing. */
    boolean narrows(Filter leaf) {
        return switch (leaf) {
            case Filter.Like(Operand operand, LikePattern _, Place _) -> shape == Shape.GRAMS && isAt(operand);
            case Filter.Spatial(Operand.FieldValue field, ShapeTest _, Place _) -> shape == Shape.BOXES && isAt(field);
            default -> false;
        };
    }

    private boolean isWhole(Operand operand) {
        return shape == Shape.WHOLE && isAt(operand) || shape == Shape.LEAVES && isBelow(operand);
    }

    private boolean isBelow(Operand operand) {
        return operand instanceof Operand.JsonPath json
                && json.fieldId() == fieldId
                && !json.textsAsNumbers()
                && json.keys().size() >= path.size()
                && json.keys().subList(0, path.size()).equals(path)
                && below(json).stream().noneMatch(LookupTarget::isPosition);
    }

    /** Whether an operand is what the index is over. */
    boolean isAt(Operand operand) {
        return switch (operand) {
            case Operand.FieldValue field -> field.isWhole() && field.fieldId() == fieldId && path.isEmpty();
            case Operand.ArrayField array -> array.fieldId() == fieldId && path.isEmpty();
            case Operand.JsonPath json ->
                json.fieldId() == fieldId && json.keys().equals(path) && json.textsAsNumbers() == textsAsNumbers;
            case Operand.Arithmetic _, Operand.Length _, Operand.Shifted _, Operand.Constant _ -> false;
        };
    }

    private boolean takes(TemplateValue value) {
        return switch (kind) {
            case BOOLEAN -> value instanceof TemplateValue.Bool;
            case INTEGER -> value instanceof TemplateValue.Int;
            case NUMBER ->
                value instanceof TemplateValue.Floating
                        || value instanceof TemplateValue.Int(long number) && Math.abs(number) < EXACT;
            case TEXT -> value instanceof TemplateValue.Text;
            case JSON ->
                value instanceof TemplateValue.Bool
                        || value instanceof TemplateValue.Text
                        || value instanceof TemplateValue.Floating
                        || value instanceof TemplateValue.Int(long number) && Math.abs(number) < EXACT;
            case SHAPE -> false;
        };
    }

    private boolean takes(ValueSet values) {
        boolean numbers = values.hasNumbers();
        boolean texts = values.hasTexts();
        boolean booleans = values.hasBooleans();
        return switch (kind) {
            case BOOLEAN -> booleans && !numbers && !texts;
            case INTEGER -> numbers && !booleans && !texts && values.doubles().length == 0;
            case NUMBER -> numbers && !booleans && !texts && isExact(values);
            case TEXT -> texts && !numbers && !booleans;
            case JSON -> numbers ? !booleans && !texts && isExact(values) : booleans != texts;
            case SHAPE -> false;
        };
    }

    private static boolean isExact(ValueSet values) {
        return Arrays.stream(values.longs()).allMatch(number -> Math.abs(number) < EXACT);
    }
}
