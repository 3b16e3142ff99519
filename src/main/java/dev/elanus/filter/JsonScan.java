package dev.elanus.filter;

import dev.elanus.filter.JsonValues.Kind;

/** Tests the values at a JSON path. What is absent, null or of another kind than the constant is neither true nor false. */
final class JsonScan {
    private JsonScan() {}

    static Verdict compare(JsonValues values, Comparison comparison, TemplateValue constant, int rowCount) {
        Verdict verdict = Verdict.unknown(rowCount);
        for (int row = 0; row < rowCount; row++) {
            Kind kind = values.kindAt(row);
            switch (constant) {
                case TemplateValue.Bool(boolean flag) -> {
                    if (kind == Kind.BOOLEAN) {
                        verdict.set(row, comparison.holdsFor(Boolean.compare(values.booleanAt(row), flag)));
                    }
                }
                case TemplateValue.Text(String text) -> {
                    if (kind == Kind.TEXT) {
                        verdict.set(row, holds(comparison, values.textAt(row), text));
                    }
                }
                case TemplateValue.Int(long number) -> {
                    if (kind == Kind.INTEGER) {
                        verdict.set(row, comparison.holdsFor(Long.compare(values.longAt(row), number)));
                    } else if (kind == Kind.FLOATING) {
                        verdict.set(row, comparison.holdsFor(values.doubleAt(row), number));
                    }
                }
                case TemplateValue.Floating(double number) -> {
                    if (values.isNumber(row)) {
                        verdict.set(row, comparison.holdsFor(values.doubleAt(row), number));
                    }
                }
                case TemplateValue.Time _, TemplateValue.Array _, TemplateValue.Json _ ->
                    throw new IllegalStateException("refused when it was parsed");
            }
        }
        return verdict;
    }

    static Verdict in(JsonValues values, ValueSet set, int rowCount) {
        Verdict verdict = Verdict.unknown(rowCount);
        for (int row = 0; row < rowCount; row++) {
            switch (values.kindAt(row)) {
                case BOOLEAN -> {
                    if (set.hasBooleans() || set.isEmpty()) {
                        verdict.set(row, set.contains(values.booleanAt(row)));
                    }
                }
                case INTEGER -> {
                    if (set.hasNumbers() || set.isEmpty()) {
                        verdict.set(row, set.contains(values.longAt(row)));
                    }
                }
                case FLOATING -> {
                    if (set.hasNumbers() || set.isEmpty()) {
                        verdict.set(row, set.contains(values.doubleAt(row)));
                    }
                }
                case TEXT -> {
                    if (set.hasTexts() || set.isEmpty()) {
                        verdict.set(row, set.contains(values.textAt(row)));
                    }
                }
                case ARRAY, OBJECT, EMPTY_OBJECT, ABSENT, NULL -> {}
            }
        }
        return verdict;
    }

    static Verdict like(JsonValues values, LikePattern pattern, int rowCount) {
        Verdict verdict = Verdict.unknown(rowCount);
        for (int row = 0; row < rowCount; row++) {
            if (values.kindAt(row) == Kind.TEXT) {
                verdict.set(row, pattern.matches(values.textAt(row)));
            }
        }
        return verdict;
    }

    private static boolean holds(Comparison comparison, String a, String b) {
        return comparison.isOrdering()
                ? comparison.holdsFor(Utf8.compare(a, b))
                : comparison.holdsFor(a.equals(b) ? 0 : 1);
    }
}
