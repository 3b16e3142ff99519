package dev.elanus.filter;

import java.util.List;

/** The value of a template variable, as the client sent it. */
public sealed interface TemplateValue {
    /** The same value in the form in which equal ones are equal: numbers that are integers as integers, in arrays too. */
    default TemplateValue normalized() {
        return switch (this) {
            case Floating(double number)
            when number == (long) number && Math.abs(number) < 0x1p63 -> new Int((long) number);
            case Array(List<TemplateValue> values) ->
                new Array(values.stream().map(TemplateValue::normalized).toList());
            case Bool _, Int _, Floating _, Text _, Time _, Json _ -> this;
        };
    }

    record Bool(boolean value) implements TemplateValue {}

    record Int(long value) implements TemplateValue {}

    record Floating(double value) implements TemplateValue {}

    record Text(String value) implements TemplateValue {}

    /** A time in microseconds since 1970 in UTC. */
    record Time(long micros) implements TemplateValue {}

    /** JSON text, UTF-8. */
    record Json(String value) implements TemplateValue {}

    record Array(List<TemplateValue> values) implements TemplateValue {
        public Array {
            values = List.copyOf(values);
        }
    }
}
