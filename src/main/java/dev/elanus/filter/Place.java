package dev.elanus.filter;

/**
 * Where something stands in the text of a filter, in chars.
 *
 * @param start the first char
 * @param end the char behind the last one
 */
public record Place(int start, int end) {
    /** From where the one begins to where the other ends. */
    static Place spanning(Place first, Place last) {
        return new Place(first.start, last.end);
    }
}
