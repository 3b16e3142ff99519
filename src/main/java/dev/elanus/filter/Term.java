package dev.elanus.filter;

/** Anything that the grammar calls an expression, before it is known what it is used for. */
sealed interface Term permits Operand, Term.Predicate {
    Place place();

    /** A condition. */
    record Predicate(Filter filter) implements Term {
        @Override
        public Place place() {
            return filter.place();
        }
    }
}
