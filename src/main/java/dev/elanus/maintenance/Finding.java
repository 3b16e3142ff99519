package dev.elanus.maintenance;

/**
 * Something in a bucket that is not as it should be.
 *
 * @param object the key of the object, or a prefix
 * @param problem what was expected and what was found
 * @param advice what to do about it
 */
public record Finding(String object, String problem, String advice) {
    /** One line. */
    public String text() {
        return object + ": " + problem + ": " + advice;
    }
}
