package dev.elanus.filter;

import dev.elanus.error.Invalid;
import dev.elanus.schema.DataType;
import dev.elanus.schema.TimestampText;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What may be compared with what, and in which words everything else is refused. */
record ComparisonRules(TimeRules times, FilterErrors errors) {
    /** The type's name in messages. */
    static String typeOf(Operand operand) {
        return switch (operand) {
            case Operand.FieldValue field -> field.type().text();
            case Operand.JsonPath _ -> "JSON";
            case Operand.Shifted _ -> "Timestamptz";
            case Operand.Arithmetic(Operand left, ArithmeticOperator _, Operand right, Place _) ->
                left instanceof Operand.Constant ? typeOf(right) : typeOf(left);
            case Operand.ArrayField _ -> "Array";
            case Operand.Length _ -> "Int64";
            case Operand.Constant constant -> typeOf(constant.value());
        };
    }

    /** The same, but for arithmetic the type of what comes out, whatever values went in. */
    static String resultTypeOf(Operand operand) {
        if (!(operand instanceof Operand.Arithmetic(Operand left, ArithmeticOperator _, Operand right, Place _))) {
            return typeOf(operand);
        }
        return Stream.of(left, right).map(ComparisonRules::typeOf).anyMatch(Set.of("Float", "Double")::contains)
                ? "Double"
                : "Int64";
    }

    private static String typeOf(TemplateValue value) {
        return switch (value) {
            case TemplateValue.Bool _ -> "Bool";
            case TemplateValue.Int _ -> "Int64";
            case TemplateValue.Floating _ -> "Double";
            case TemplateValue.Text _ -> "VarChar";
            case TemplateValue.Time _ -> "Timestamptz";
            case TemplateValue.Json _ -> "JSON";
            case TemplateValue.Array _ -> "Array";
        };
    }

    /** @throws Invalid if the two cannot be compared */
    Term.Predicate compare(Term left, Comparison comparison, Term right, Place place) {
        if (!(left instanceof Operand a) || !(right instanceof Operand b)) {
            throw incompatible(place);
        }
        if (a instanceof Operand.Constant(TemplateValue first, Place _)
                && b instanceof Operand.Constant(TemplateValue second, Place _)) {
            return new Term.Predicate(new Filter.Always(fold(first, comparison, second, place), place));
        }
        if (a instanceof Operand.Constant) {
            return compare(b, comparison.flipped(), a, place);
        }
        Filter filter = b instanceof Operand.Constant(TemplateValue value, Place at)
                ? TimeRules.compare(
                        a, comparison, new Operand.Constant(fitting(a, comparison, value, place), at), place)
                : new Filter.Compare(a, comparison, comparableField(a, comparison, b, place), place);
        return new Term.Predicate(filter);
    }

    /** A chain like {@code 1 < field <= 2}. */
    Term.Predicate range(Term first, Comparison one, Term middle, Comparison two, Term last, Place place) {
        boolean rising = one == Comparison.LESS || one == Comparison.LESS_OR_EQUAL;
        if (rising != (two == Comparison.LESS || two == Comparison.LESS_OR_EQUAL)) {
            throw errors.invalid("invalid range operations", place);
        }
        Term low = rising ? first : last;
        Term high = rising ? last : first;
        if (!(low instanceof Operand.Constant(TemplateValue lower, Place _))) {
            throw errors.invalid("lowerbound cannot be a non-const expression: " + errors.source(low.place()), place);
        }
        if (!(high instanceof Operand.Constant(TemplateValue upper, Place _))) {
            throw errors.invalid("upperbound cannot be a non-const expression: " + errors.source(high.place()), place);
        }
        if (!(middle instanceof Operand between) || middle instanceof Operand.Constant) {
            throw errors.invalid("invalid range operations", place);
        }
        if (typeOf(between).equals("Bool") || lower instanceof TemplateValue.Bool) {
            throw errors.invalid("invalid range operations on boolean expr", place);
        }
        boolean isEmpty =
                fold(times.read(between, lower, place), Comparison.GREATER, times.read(between, upper, place), place);
        if (isEmpty) {
            throw errors.invalid("invalid range: lowerbound is greater than upperbound", place);
        }
        Filter above = compare(first, one, middle, place).filter();
        Filter below = compare(middle, two, last, place).filter();
        return new Term.Predicate(new Filter.And(List.of(above, below), place));
    }

    Filter in(Term operand, Term list, Place place) {
        if (!(list instanceof Operand.Constant(TemplateValue.Array(List<TemplateValue> values), Place _))) {
            throw errors.invalid(
                    "the right-hand side of 'in' must be a list, but got: " + errors.source(list.place()), place);
        }
        if (!(operand instanceof Operand.FieldValue) && !(operand instanceof Operand.JsonPath)) {
            throw errors.invalid(
                    "'term' can only be used on single field, but got: " + errors.source(operand.place()), place);
        }
        Operand field = (Operand) operand;
        List<TemplateValue> cast = new ArrayList<>(values.size());
        for (TemplateValue given : values) {
            TemplateValue value = times.read(field, given, place);
            if (!fits(field, value)) {
                throw errors.invalid(
                        "value '" + print(value) + "' in list cannot be casted to " + typeOf(field), place);
            }
            cast.add(TimeRules.stored(value));
        }
        ValueSet set = ValueSet.of(cast);
        boolean single = field instanceof Operand.FieldValue value && value.type() == DataType.FLOAT;
        return new Filter.In(field, single ? set.asFloats() : set, place);
    }

    Filter like(Term operand, Term pattern, Place place) {
        switch (operand) {
            case Operand.JsonPath _ -> {}
            case Operand.FieldValue field -> {
                if (field.type() != DataType.VARCHAR) {
                    throw errors.invalid("like operation on non-string or no-json field is unsupported", place);
                }
            }
            case Operand.ArrayField _ ->
                throw errors.invalid("like operation on non-string or no-json field is unsupported", place);
            case Operand.Arithmetic _,
                    Operand.Constant _,
                    Operand.Length _,
                    Operand.Shifted _,
                    Term.Lapse _,
                    Term.Predicate _ ->
                throw errors.invalid("like operation on complicated expr is unsupported", place);
        }
        if (!(pattern instanceof Operand.Constant(TemplateValue.Text(String text), Place _))) {
            throw errors.invalid(
                    "like operation needs a string as its pattern, found " + errors.source(pattern.place()), place);
        }
        return new Filter.Like((Operand) operand, LikePattern.parse(text), place);
    }

    Filter isNull(Term operand, Place place) {
        if (operand instanceof Operand.JsonPath path) {
            return new Filter.IsNull(path, place);
        }
        if (operand instanceof Operand.ArrayField array) {
            return new Filter.IsNull(array, place);
        }
        if (!(operand instanceof Operand.FieldValue field)) {
            throw errors.invalid(
                    "IsNull/IsNotNull operations are only supported on single fields, got: "
                            + errors.source(operand.place()),
                    place);
        }
        if (field.type().isVector()) {
            throw errors.invalid("IsNull/IsNotNull operations are not supported on vector fields", place);
        }
        if (!field.isWhole()) {
            throw errors.invalid(
                    "IsNull/IsNotNull operations are not supported on array element access, got: "
                            + errors.source(operand.place()),
                    place);
        }
        return new Filter.IsNull(field, place);
    }

    Filter exists(Term operand, Place place) {
        return switch (operand) {
            case Operand.JsonPath path -> {
                if (path.keys().isEmpty()) {
                    throw errors.invalid("exists operations are only supportted on json key", place);
                }
                yield new Filter.Exists(path, place);
            }
            case Operand.FieldValue field ->
                throw errors.invalid(
                        "exists operations are only supportted on json field, got:"
                                + field.type().text(),
                        place);
            case Operand.ArrayField _ ->
                throw errors.invalid("exists operations are only supportted on json field, got:Array", place);
            case Operand.Arithmetic _,
                    Operand.Constant _,
                    Operand.Length _,
                    Operand.Shifted _,
                    Term.Lapse _,
                    Term.Predicate _ ->
                throw errors.invalid(
                        "exists operations are only supported on single fields now, got: "
                                + errors.source(operand.place()),
                        place);
        };
    }

    /** The constant as it is compared with the operand's values. */
    private TemplateValue fitting(Operand operand, Comparison comparison, TemplateValue given, Place place) {
        TemplateValue value = times.read(operand, given, place);
        boolean wholeNumber =
                operand instanceof Operand.FieldValue field && field.type().isInteger();
        if (wholeNumber && value instanceof TemplateValue.Floating(double number)) {
            throw errors.invalid("cannot cast value to " + typeOf(operand) + ", value: " + number, place);
        }
        if (value instanceof TemplateValue.Array array && fits(operand, array)) {
            return array(operand, comparison, array, place);
        }
        if (value instanceof TemplateValue.Time && operand instanceof Operand.FieldValue && !fits(operand, value)) {
            throw errors.invalid("field '" + errors.source(operand.place()) + "' is not a timestamptz datatype", place);
        }
        if (!fits(operand, value)) {
            throw errors.invalid(
                    "comparisons between " + typeOf(operand) + " and " + typeOf(value) + " are not supported", place);
        }
        if (value instanceof TemplateValue.Bool && comparison.isOrdering()) {
            throw incompatible(place);
        }
        boolean single = operand instanceof Operand.FieldValue field && field.type() == DataType.FLOAT;
        return single ? asFloat(value) : TimeRules.stored(value);
    }

    private static boolean fits(Operand operand, TemplateValue.Array array) {
        return switch (operand) {
            case Operand.JsonPath _ -> true;
            case Operand.ArrayField field ->
                array.values().stream().allMatch(element -> fits(elementOf(field), element));
            case Operand.FieldValue _, Operand.Length _, Operand.Arithmetic _, Operand.Shifted _, Operand.Constant _ ->
                false;
        };
    }

    private static Operand elementOf(Operand.ArrayField field) {
        return new Operand.FieldValue(field.fieldId(), field.element(), 0, field.place());
    }

    /** A list as the arrays of an operand are compared with it: for being equal, which has no order. */
    private TemplateValue array(Operand operand, Comparison comparison, TemplateValue.Array array, Place place) {
        if (comparison.isOrdering()) {
            throw incompatible(place);
        }
        boolean single = operand instanceof Operand.ArrayField field && field.element() == DataType.FLOAT;
        return new TemplateValue.Array(array.values().stream()
                        .map(element -> single ? asFloat(element) : element)
                        .toList())
                .normalized();
    }

    /** A float32 column holds 0.1 as what float32 makes of it, and is to be found by 0.1. */
    static TemplateValue asFloat(TemplateValue number) {
        return new TemplateValue.Floating(
                number instanceof TemplateValue.Int(long whole)
                        ? (float) whole
                        : (float) ((TemplateValue.Floating) number).value());
    }

    private static boolean fits(Operand operand, TemplateValue value) {
        boolean scalar = switch (value) {
            case TemplateValue.Bool _, TemplateValue.Int _, TemplateValue.Floating _, TemplateValue.Text _ -> true;
            case TemplateValue.Time _, TemplateValue.Json _, TemplateValue.Array _ -> false;
        };
        boolean number = value instanceof TemplateValue.Int || value instanceof TemplateValue.Floating;
        return switch (operand) {
            case Operand.JsonPath _ -> scalar;
            case Operand.Shifted _ -> value instanceof TemplateValue.Time;
            case Operand.Arithmetic _ -> number;
            case Operand.Length _ -> value instanceof TemplateValue.Int;
            case Operand.ArrayField _, Operand.Constant _ -> false;
            case Operand.FieldValue field ->
                switch (field.type()) {
                    case BOOL -> value instanceof TemplateValue.Bool;
                    case INT8, INT16, INT32, INT64 -> value instanceof TemplateValue.Int;
                    case FLOAT, DOUBLE -> number;
                    case VARCHAR -> value instanceof TemplateValue.Text;
                    case TIMESTAMPTZ -> value instanceof TemplateValue.Time;
                    case ARRAY,
                            JSON,
                            GEOMETRY,
                            ARRAY_OF_VECTOR,
                            BINARY_VECTOR,
                            FLOAT_VECTOR,
                            FLOAT16_VECTOR,
                            BFLOAT16_VECTOR,
                            SPARSE_FLOAT_VECTOR,
                            INT8_VECTOR -> false;
                };
        };
    }

    private Operand comparableField(Operand a, Comparison comparison, Operand b, Place place) {
        if (isComputed(a) || isComputed(b)) {
            throw errors.invalid("not supported to do arithmetic operations between multiple fields", place);
        }
        if (!(a instanceof Operand.FieldValue first) || !(b instanceof Operand.FieldValue second)) {
            throw errors.invalid("two column comparison with JSON type is not supported", place);
        }
        boolean numbers = first.type().isNumeric() && second.type().isNumeric();
        boolean same = first.type() == second.type() && !first.type().isVector();
        if (!numbers && !same) {
            throw errors.invalid(
                    "comparisons between " + typeOf(a) + " and " + typeOf(b) + " are not supported", place);
        }
        if (first.type() == DataType.BOOL && comparison.isOrdering()) {
            throw incompatible(place);
        }
        return b;
    }

    private static boolean isComputed(Operand operand) {
        return operand instanceof Operand.Arithmetic || operand instanceof Operand.Shifted;
    }

    private boolean fold(TemplateValue a, Comparison comparison, TemplateValue b, Place place) {
        if (a instanceof TemplateValue.Int(long first) && b instanceof TemplateValue.Int(long second)) {
            return comparison.holdsFor(Long.compare(first, second));
        }
        if (a instanceof TemplateValue.Time(long first) && b instanceof TemplateValue.Time(long second)) {
            return comparison.holdsFor(Long.compare(first, second));
        }
        if (a instanceof TemplateValue.Text(String first) && b instanceof TemplateValue.Text(String second)) {
            return comparison.holdsFor(Utf8.compare(first, second));
        }
        if (a instanceof TemplateValue.Bool(boolean first)
                && b instanceof TemplateValue.Bool(boolean second)
                && !comparison.isOrdering()) {
            return comparison.holdsFor(Boolean.compare(first, second));
        }
        return comparison.holdsFor(number(a, place), number(b, place));
    }

    private double number(TemplateValue value, Place place) {
        return switch (value) {
            case TemplateValue.Int(long number) -> number;
            case TemplateValue.Floating(double number) -> number;
            case TemplateValue.Bool _,
                    TemplateValue.Text _,
                    TemplateValue.Time _,
                    TemplateValue.Json _,
                    TemplateValue.Array _ -> throw incompatible(place);
        };
    }

    private Invalid incompatible(Place place) {
        return errors.invalid(
                "comparison operations cannot be applied to two incompatible operands: " + errors.source(place), place);
    }

    private static String print(TemplateValue value) {
        return switch (value) {
            case TemplateValue.Bool(boolean flag) -> Boolean.toString(flag);
            case TemplateValue.Int(long number) -> Long.toString(number);
            case TemplateValue.Floating(double number) -> Double.toString(number);
            case TemplateValue.Text(String text) -> text;
            case TemplateValue.Time(long micros) -> TimestampText.print(micros, ZoneOffset.UTC);
            case TemplateValue.Json(String json) -> json;
            case TemplateValue.Array(List<TemplateValue> values) ->
                values.stream().map(ComparisonRules::print).toList().toString();
        };
    }
}
