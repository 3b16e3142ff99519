package dev.elanus.filter;

import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;

/** Failures of one filter text, in Milvus's words, with the place in the text. */
record FilterErrors(String text) {
    private static final int SHOWN_CHARS = 1000;
    private static final int CONTEXT_CHARS = 60;

    Invalid invalid(String reason, Place place) {
        return new Invalid(message(reason, place));
    }

    /** A whole text that is well-formed, and of a type. */
    Invalid notBoolean(String type, Place place) {
        return new Invalid("predicate is not a boolean expression: " + shortened(text) + ", data type: " + type + "\n"
                + caret(place));
    }

    /** @param what a function or an operator that Milvus has */
    Unsupported unsupported(String what, Place place) {
        return new Unsupported(message(what + " is not supported by this server", place));
    }

    /** The part of the text at a place. */
    String source(Place place) {
        return shortened(text.substring(place.start(), place.end()));
    }

    private String message(String reason, Place place) {
        return "cannot parse expression: " + shortened(text) + ", error: " + reason + "\nat offset " + place.start()
                + "\n"
                + caret(place);
    }

    private static String shortened(String whole) {
        return whole.length() <= SHOWN_CHARS ? whole : whole.substring(0, SHOWN_CHARS) + "…";
    }

    /** The surroundings of the place, and below them a line that points at it. */
    private String caret(Place place) {
        int from = Math.max(0, place.start() - CONTEXT_CHARS);
        int to = Math.min(text.length(), Math.max(place.end(), place.start() + CONTEXT_CHARS));
        to = Math.min(to, place.start() + 2 * CONTEXT_CHARS);
        String line =
                text.substring(from, to).replace('\n', ' ').replace('\t', ' ').replace('\r', ' ');
        int width = Math.max(1, Math.min(place.end(), to) - place.start());
        return line + "\n" + " ".repeat(place.start() - from) + "^".repeat(width);
    }
}
