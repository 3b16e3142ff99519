package dev.elanus.filter;

import dev.elanus.column.FixedColumn;

/**
 * Compares what is computed of a field or a path and a constant. Integers stay integers as long as both sides are; what cannot be computed,
 * such as a division by a value that is zero, is unknown.
 */
record ArithmeticScan(Operand.Arithmetic arithmetic) {
    /** Where the numbers come from. */
    sealed interface Numbers {
        /** Whether the row has no number. */
        boolean isAbsent(int row);

        boolean isInteger(int row);

        long longAt(int row);

        double doubleAt(int row);
    }

    record FieldNumbers(FixedColumn column) implements Numbers {
        @Override
        public boolean isAbsent(int row) {
            return column.isNull(row);
        }

        @Override
        public boolean isInteger(int row) {
            return column.type().isInteger();
        }

        @Override
        public long longAt(int row) {
            return column.longAt(row);
        }

        @Override
        public double doubleAt(int row) {
            return column.doubleAt(row);
        }
    }

    record PathNumbers(JsonValues values) implements Numbers {
        @Override
        public boolean isAbsent(int row) {
            return !values.isNumber(row);
        }

        @Override
        public boolean isInteger(int row) {
            return values.isInteger(row);
        }

        @Override
        public long longAt(int row) {
            return values.longAt(row);
        }

        @Override
        public double doubleAt(int row) {
            return values.doubleAt(row);
        }
    }

    Verdict compare(Numbers numbers, Comparison comparison, TemplateValue wanted, int rowCount) {
        boolean constantFirst = arithmetic.left() instanceof Operand.Constant;
        TemplateValue constant = ((Operand.Constant) (constantFirst ? arithmetic.left() : arithmetic.right())).value();
        ArithmeticOperator operator = arithmetic.operator();
        Verdict verdict = Verdict.unknown(rowCount);
        for (int row = 0; row < rowCount; row++) {
            if (numbers.isAbsent(row)) {
                continue;
            }
            if (constant instanceof TemplateValue.Int(long whole) && numbers.isInteger(row)) {
                long a = constantFirst ? whole : numbers.longAt(row);
                long b = constantFirst ? numbers.longAt(row) : whole;
                if (!operator.isDivision() || b != 0) {
                    verdict.set(row, holds(comparison, operator.apply(a, b), wanted));
                }
            } else {
                double number = asDouble(constant);
                double a = constantFirst ? number : numbers.doubleAt(row);
                double b = constantFirst ? numbers.doubleAt(row) : number;
                verdict.set(row, comparison.holdsFor(operator.apply(a, b), asDouble(wanted)));
            }
        }
        return verdict;
    }

    private static boolean holds(Comparison comparison, long value, TemplateValue wanted) {
        return wanted instanceof TemplateValue.Int(long whole)
                ? comparison.holdsFor(Long.compare(value, whole))
                : comparison.holdsFor(value, asDouble(wanted));
    }

    private static double asDouble(TemplateValue number) {
        return number instanceof TemplateValue.Int(long whole) ? whole : ((TemplateValue.Floating) number).value();
    }
}
