package dev.elanus.filter;

import java.util.List;

/**
 * A condition on rows, checked against a schema. For each row it is true, false or unknown; a row passes only if it is true. Unknown is what
 * comes of nulls, of JSON paths that lead nowhere, and of JSON values of another kind than they are compared with.
 */
public sealed interface Filter {
    Place place();

    /** True or false for every row. */
    record Always(boolean value, Place place) implements Filter {}

    record And(List<Filter> terms, Place place) implements Filter {
        public And {
            terms = List.copyOf(terms);
        }
    }

    record Or(List<Filter> terms, Place place) implements Filter {
        public Or {
            terms = List.copyOf(terms);
        }
    }

    record Not(Filter term, Place place) implements Filter {}

    /**
     * @param left never a constant
     * @param right a constant, or a field where {@code left} is a field of a comparable type
     */
    record Compare(Operand left, Comparison comparison, Operand right, Place place) implements Filter {}

    /** @param operand a field or a path */
    record In(Operand operand, ValueSet values, Place place) implements Filter {}

    /** @param operand a VarChar field or a path */
    record Like(Operand operand, LikePattern pattern, Place place) implements Filter {}

    /** Never unknown. */
    record IsNull(Operand operand, Place place) implements Filter {}

    /** Whether the path leads to a value other than null and the empty object. Never unknown. */
    record Exists(Operand.JsonPath path, Place place) implements Filter {}
}
