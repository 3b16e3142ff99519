package dev.elanus.filter;

import dev.elanus.analysis.Token;
import java.util.List;
import java.util.Set;

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

    /**
     * Whether the array at the operand has some or all of the values. Unknown where there is no array.
     *
     * @param operand a path
     * @param values each in its {@link TemplateValue#normalized() normal form}
     * @param all whether each of the values must be there, or one of them
     */
    record Contains(Operand operand, Set<TemplateValue> values, boolean all, Place place) implements Filter {
        public Contains {
            values = Set.copyOf(values);
        }
    }

    /**
     * Whether a text has some of the tokens.
     *
     * @param analyzer the field's {@code analyzer_params}
     * @param tokens of the query
     * @param least how many different ones of them a text must have, at least 1
     */
    record TextMatch(Operand.FieldValue field, String analyzer, Set<String> tokens, int least, Place place)
            implements Filter {
        public TextMatch {
            tokens = Set.copyOf(tokens);
        }
    }

    /**
     * Whether a text has tokens in an order.
     *
     * @param phrase the query's tokens
     * @param slop by how many positions in all they may be out of place
     */
    record PhraseMatch(Operand.FieldValue field, String analyzer, List<Token> phrase, long slop, Place place)
            implements Filter {
        public PhraseMatch {
            phrase = List.copyOf(phrase);
        }
    }

    /** @param field whole, of type Geometry */
    record Spatial(Operand.FieldValue field, ShapeTest test, Place place) implements Filter {}

    /**
     * Some of the rows that pass another filter, spread evenly over them by chance. The same rows each time, as long as they lie where they lie.
     *
     * @param share in (0, 1)
     */
    record Sample(Filter of, double share, Place place) implements Filter {}

    /** Whether the path leads to a value other than null and the empty object. Never unknown. */
    record Exists(Operand.JsonPath path, Place place) implements Filter {}
}
