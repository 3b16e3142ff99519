package dev.elanus.filter;

import dev.elanus.error.Invalid;
import dev.elanus.schema.DataType;
import dev.elanus.schema.TimestampText;
import java.time.ZoneId;
import java.util.Locale;

/**
 * What times and intervals in a filter mean.
 *
 * @param zone of times that name none
 */
record TimeRules(ZoneId zone, FilterErrors errors) {
    /** A constant with the name of its kind before it. */
    Term constant(String kind, String text, Place place) {
        return switch (kind.toUpperCase(Locale.ROOT)) {
            case "ISO" -> new Operand.Constant(time(text, place), place);
            case "INTERVAL" -> new Term.Lapse(interval(text, place), place);
            default -> throw errors.invalid("expected ISO or INTERVAL before a string, found " + kind, place);
        };
    }

    TemplateValue time(String text, Place place) {
        try {
            return new TemplateValue.Time(TimestampText.parse(text, zone));
        } catch (Invalid wrong) {
            throw errors.invalid(String.valueOf(wrong.getMessage()), place);
        }
    }

    private Interval interval(String text, Place place) {
        try {
            return Interval.parse(text);
        } catch (IllegalArgumentException _) {
            throw errors.invalid("invalid ISO 8601 duration: " + text, place);
        }
    }

    /** A constant that is compared with an operand: times may be written as mere texts. */
    TemplateValue read(Operand operand, TemplateValue value, Place place) {
        boolean ofTimes = operand instanceof Operand.Shifted
                || operand instanceof Operand.FieldValue field && field.type() == DataType.TIMESTAMPTZ;
        return ofTimes && value instanceof TemplateValue.Text(String text) ? time(text, place) : value;
    }

    /** Times are compared as the integers that columns hold. */
    static TemplateValue stored(TemplateValue value) {
        return value instanceof TemplateValue.Time(long micros) ? new TemplateValue.Int(micros) : value;
    }

    /** A shift by a fixed length is one of the constant, so that indexes and statistics serve it. */
    static Filter.Compare compare(Operand left, Comparison comparison, Operand.Constant right, Place place) {
        if (left instanceof Operand.Shifted(Operand.FieldValue field, Interval by, Place _) && by.isFixed()) {
            long micros = ((TemplateValue.Int) right.value()).value();
            TemplateValue moved = new TemplateValue.Int(Interval.sum(micros, -by.micros()));
            return new Filter.Compare(field, comparison, new Operand.Constant(moved, right.place()), place);
        }
        return new Filter.Compare(left, comparison, right, place);
    }
}
