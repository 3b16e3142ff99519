package dev.elanus.filter;

import java.util.List;
import java.util.Set;

/**
 * What an index is over, as far as a filter cares.
 *
 * @param path keys into JSON; none for the field itself
 * @param kind of the values or elements
 */
public record LookupTarget(int fieldId, List<String> path, Kind kind, Shape shape) {
    /** What is indexed of each value. */
    public enum Shape {
        /** The value. */
        WHOLE,
        /** The elements of an array. */
        ELEMENTS,
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
        SHAPE
    }

    /** Below it float64 tells all integers apart. */
    private static final long EXACT = 1L << 53;

    public LookupTarget {
        path = List.copyOf(path);
    }

    /** Whether the index alone can judge a filter that has no others in it. */
    boolean serves(Filter leaf) {
        return switch (leaf) {
            case Filter.Compare(Operand left, Comparison _, Operand right, Place _) ->
                isWhole(left) && right instanceof Operand.Constant constant && takes(constant.value());
            case Filter.In(Operand operand, ValueSet values, Place _) -> isWhole(operand) && takes(values);
            case Filter.Like(Operand operand, LikePattern _, Place _) -> kind == Kind.TEXT && isWhole(operand);
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
        return shape == Shape.WHOLE && isAt(operand);
    }

    private boolean isAt(Operand operand) {
        return switch (operand) {
            case Operand.FieldValue field -> field.isWhole() && field.fieldId() == fieldId && path.isEmpty();
            case Operand.ArrayField array -> array.fieldId() == fieldId && path.isEmpty();
            case Operand.JsonPath json ->
                json.fieldId() == fieldId && json.keys().equals(path);
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
            case NUMBER ->
                numbers
                        && !booleans
                        && !texts
                        && java.util.Arrays.stream(values.longs()).allMatch(number -> Math.abs(number) < EXACT);
            case TEXT -> texts && !numbers && !booleans;
            case SHAPE -> false;
        };
    }
}
