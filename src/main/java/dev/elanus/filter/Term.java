package dev.elanus.filter;

/** Anything that the grammar calls an expression, before it is known what it is used for. */
sealed interface Term permits Operand, Term.Predicate, Term.Lapse {
    Place place();

    /** A length of time, which can be added to one. */
    record Lapse(Interval interval, Place place) implements Term {}

    /** A condition. */
    record Predicate(Filter filter) implements Term {
        @Override
        public Place place() {
            return filter.place();
        }
    }
}
