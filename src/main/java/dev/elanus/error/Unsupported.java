package dev.elanus.error;

/** The request is legal for Milvus and not offered here; the message names what is not supported. */
public final class Unsupported extends DatabaseException {
    private static final long serialVersionUID = 1L;

    public Unsupported(String message) {
        super(message, null);
    }

    public Unsupported(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Bytes of one of our own formats in a version that this program does not read.
     *
     * @param place the object or the part of it, for the text
     */
    public static Unsupported version(String place, long found, long understood) {
        String what = place + ": its format has version " + found + ", this Elanus reads version " + understood;
        return new Unsupported(
                found > understood
                        ? what + ": upgrade this program; the object was written by a newer one and is left as it is"
                        : what + ": the object was written by an older one, which can still read it");
    }
}
