package dev.elanus.schema;

import org.jspecify.annotations.Nullable;

/**
 * How large a field's values may be.
 *
 * @param element the type of an Array's elements, null for other types
 * @param dimension number of components of a dense vector, 0 for other types
 * @param maxLength bytes of UTF-8 that a VarChar, or a VarChar in an Array, may take, 0 for other types
 * @param maxCapacity elements that an Array may have, 0 for other types
 */
public record ValueShape(@Nullable DataType element, int dimension, int maxLength, int maxCapacity) {
    /** Of types whose values are all alike. */
    public static final ValueShape PLAIN = new ValueShape(null, 0, 0, 0);

    public static ValueShape vector(int dimension) {
        return new ValueShape(null, dimension, 0, 0);
    }

    public static ValueShape text(int maxLength) {
        return new ValueShape(null, 0, maxLength, 0);
    }
}
