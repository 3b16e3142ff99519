package dev.elanus.filter;

import dev.elanus.schema.DataType;
import java.util.List;

/** Something in a filter that has a value for each row. */
public sealed interface Operand extends Term {
    @Override
    Place place();

    /**
     * The value of a field that is no JSON and no array, or one element of an array.
     *
     * @param type of the value or element
     * @param element its number in the array, or {@link #WHOLE}
     */
    record FieldValue(int fieldId, DataType type, int element, Place place) implements Operand {
        /** Where the value is the field's. */
        static final int WHOLE = -1;

        boolean isWhole() {
            return element == WHOLE;
        }
    }

    /**
     * An array.
     *
     * @param element the type of its elements
     */
    record ArrayField(int fieldId, DataType element, Place place) implements Operand {}

    /**
     * A value inside a JSON field.
     *
     * @param keys names of members or positions in arrays, outermost first; none for the whole value
     * @param textsAsNumbers whether a text that begins with a number is that number
     */
    record JsonPath(int fieldId, List<String> keys, boolean textsAsNumbers, Place place) implements Operand {
        public JsonPath {
            keys = List.copyOf(keys);
        }
    }

    /**
     * The number of elements of an array; nothing where there is none.
     *
     * @param of a path or an array
     */
    record Length(Operand of, Place place) implements Operand {}

    /** One field or path and one constant, on either side. */
    record Arithmetic(Operand left, ArithmeticOperator operator, Operand right, Place place) implements Operand {}

    /**
     * A time that lies an interval behind another.
     *
     * @param field whole, of type Timestamptz
     */
    record Shifted(FieldValue field, Interval by, Place place) implements Operand {}

    /** A value that the filter names: a literal, a template variable's, or what was computed of them. */
    record Constant(TemplateValue value, Place place) implements Operand {}
}
