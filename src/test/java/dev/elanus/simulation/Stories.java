package dev.elanus.simulation;

/** What is told of failures. */
final class Stories {
    private static final int FRAMES = 6;

    private Stories() {}

    /** A failure in one line, with where it came from. */
    static String of(Throwable failure) {
        StringBuilder story = new StringBuilder();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            story.append(story.isEmpty() ? "" : ", because of ").append(cause);
            StackTraceElement[] frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                story.append(i == 0 ? " at " : " < ")
                        .append(frames[i].getFileName())
                        .append(':')
                        .append(frames[i].getLineNumber());
            }
        }
        return story.toString();
    }
}
