package dev.elanus.filter;

/** Arithmetic of filters. Integers wrap around, and their division drops the remainder. */
public enum ArithmeticOperator {
    ADD("add"),
    SUBTRACT("subtract"),
    MULTIPLY("multiply"),
    DIVIDE("divide"),
    MODULO("modulo"),
    POWER("power");

    private final String word;

    ArithmeticOperator(String word) {
        this.word = word;
    }

    /** The operator's name in messages. */
    String word() {
        return word;
    }

    /** @param b not zero for a division or a modulo */
    long apply(long a, long b) {
        return switch (this) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case MODULO -> a % b;
            case POWER -> (long) Math.pow(a, b);
        };
    }

    double apply(double a, double b) {
        return switch (this) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case MODULO -> a % b;
            case POWER -> Math.pow(a, b);
        };
    }

    boolean isDivision() {
        return this == DIVIDE || this == MODULO;
    }
}
