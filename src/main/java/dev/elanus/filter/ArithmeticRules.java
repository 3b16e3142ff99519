package dev.elanus.filter;

import dev.elanus.error.Invalid;
import dev.elanus.schema.DataType;

/** What may be computed in a filter: constants with each other, and one field or path with one constant. */
record ArithmeticRules(FilterErrors errors) {
    /** @throws Invalid if Milvus does not compute that either */
    Operand combine(Term left, ArithmeticOperator operator, Term right) {
        Place place = Place.spanning(left.place(), right.place());
        if (right instanceof Term.Lapse(Interval interval, Place _)) {
            return shifted(left, operator, interval, place);
        }
        Operand a = number(left, operator, place);
        Operand b = number(right, operator, place);
        if (a instanceof Operand.Constant(TemplateValue first, Place _)
                && b instanceof Operand.Constant(TemplateValue second, Place _)) {
            return new Operand.Constant(fold(first, operator, second, place), place);
        }
        if (operator == ArithmeticOperator.POWER) {
            throw errors.invalid("power can only apply on constants: " + errors.source(place), place);
        }
        if (a instanceof Operand.Arithmetic || b instanceof Operand.Arithmetic) {
            throw errors.invalid("complicated arithmetic operations are not supported", place);
        }
        if (!(a instanceof Operand.Constant) && !(b instanceof Operand.Constant)) {
            throw errors.invalid("not supported to do arithmetic operations between multiple fields", place);
        }
        if (operator == ArithmeticOperator.MODULO && (!mayBeInteger(a) || !mayBeInteger(b))) {
            throw errors.invalid("modulo can only apply on integer types", place);
        }
        if (b instanceof Operand.Constant(TemplateValue divisor, Place _) && operator.isDivision() && isZero(divisor)) {
            throw errors.invalid("cannot " + operator.word() + " by zero", place);
        }
        return new Operand.Arithmetic(a, operator, b, place);
    }

    private Operand shifted(Term left, ArithmeticOperator operator, Interval interval, Place place) {
        Interval by = operator == ArithmeticOperator.SUBTRACT ? interval.negated() : interval;
        if (operator != ArithmeticOperator.ADD && operator != ArithmeticOperator.SUBTRACT) {
            throw errors.invalid(operator.word() + " cannot apply on an interval", place);
        }
        if (left instanceof Operand.Constant(TemplateValue.Time(long micros), Place _)) {
            return new Operand.Constant(new TemplateValue.Time(by.from(micros)), place);
        }
        if (!(left instanceof Operand.FieldValue field) || field.type() != DataType.TIMESTAMPTZ) {
            throw errors.invalid(
                    "an interval can only be added to a Timestamptz field, or taken from it: " + errors.source(place),
                    place);
        }
        return new Operand.Shifted(field, by, place);
    }

    /** A number with a sign before it. */
    Operand sign(Term term, boolean negative, Place place) {
        if (term instanceof Operand.Constant(TemplateValue value, Place _)) {
            switch (value) {
                case TemplateValue.Int(long number) -> {
                    return new Operand.Constant(new TemplateValue.Int(negative ? -number : number), place);
                }
                case TemplateValue.Floating(double number) -> {
                    return new Operand.Constant(new TemplateValue.Floating(negative ? -number : number), place);
                }
                case TemplateValue.Bool _,
                        TemplateValue.Text _,
                        TemplateValue.Time _,
                        TemplateValue.Json _,
                        TemplateValue.Array _ -> {}
            }
        }
        if (term instanceof Operand.ArrayField) {
            throw errors.invalid("can not comparisons array fields directly", place);
        }
        if (!negative && term instanceof Operand operand && !(operand instanceof Operand.Constant)) {
            return operand;
        }
        throw errors.invalid("unary operators can only apply on constant numbers: " + errors.source(place), place);
    }

    private Operand number(Term term, ArithmeticOperator operator, Place place) {
        String type = term instanceof Operand operand ? ComparisonRules.typeOf(operand) : "boolean";
        boolean isNumber = switch (term) {
            case Operand.FieldValue field -> field.type().isNumeric();
            case Operand.Constant constant ->
                constant.value() instanceof TemplateValue.Int || constant.value() instanceof TemplateValue.Floating;
            case Operand.JsonPath _, Operand.Arithmetic _ -> true;
            // Milvus calculates with array_length(...), which we do not, so it is refused below.
            case Operand.ArrayField _, Operand.Length _, Operand.Shifted _, Term.Lapse _, Term.Predicate _ -> false;
        };
        if (!isNumber) {
            String kind = type.equals("VarChar") ? "string" : type;
            throw errors.invalid(operator.word() + " cannot apply on " + kind + " field", place);
        }
        return (Operand) term;
    }

    private TemplateValue fold(TemplateValue a, ArithmeticOperator operator, TemplateValue b, Place place) {
        if (operator.isDivision() && isZero(b)) {
            throw errors.invalid("cannot " + operator.word() + " by zero", place);
        }
        if (a instanceof TemplateValue.Int(long first) && b instanceof TemplateValue.Int(long second)) {
            if (operator == ArithmeticOperator.POWER) {
                // Exact only as far as a float64 is, as in Milvus.
                double power = Math.pow(first, second);
                return second >= 0 && power < 0x1p63
                        ? new TemplateValue.Int((long) power)
                        : new TemplateValue.Floating(power);
            }
            return new TemplateValue.Int(operator.apply(first, second));
        }
        if (operator == ArithmeticOperator.MODULO) {
            throw errors.invalid("modulo can only apply on integer types", place);
        }
        return new TemplateValue.Floating(operator.apply(asDouble(a), asDouble(b)));
    }

    private static double asDouble(TemplateValue number) {
        return number instanceof TemplateValue.Int(long value) ? value : ((TemplateValue.Floating) number).value();
    }

    private static boolean isZero(TemplateValue number) {
        return asDouble(number) == 0;
    }

    private static boolean mayBeInteger(Operand operand) {
        return switch (operand) {
            case Operand.FieldValue field -> field.type().isInteger();
            case Operand.Constant constant -> constant.value() instanceof TemplateValue.Int;
            case Operand.JsonPath _ -> true;
            case Operand.Arithmetic _, Operand.ArrayField _, Operand.Length _, Operand.Shifted _ -> false;
        };
    }
}
