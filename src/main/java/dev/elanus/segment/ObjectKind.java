package dev.elanus.segment;

import dev.elanus.error.Corrupt;

/** What an object of a segment holds. */
public enum ObjectKind {
    /** The columns of the segment's rows. */
    ROWS(1),
    /** One index over one field. */
    INDEX(2);

    private final int code;

    ObjectKind(int code) {
        this.code = code;
    }

    /** The number that stands in the footer. */
    int code() {
        return code;
    }

    /** @throws Corrupt if no kind has this number */
    static ObjectKind of(int code) {
        return switch (code) {
            case 1 -> ROWS;
            case 2 -> INDEX;
            default -> throw new Corrupt("object footer: expected kind 1 or 2, found " + code);
        };
    }
}
