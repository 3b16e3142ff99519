package dev.elanus.wire;

/** A REST request whose body is wrong in a way that has a code of its own there. */
public final class RestFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final WireCode code;

    private RestFailure(WireCode code, String message) {
        super(message);
        this.code = code;
    }

    /** The body is not the JSON that was expected, or a member has the wrong kind. */
    public static RestFailure notJson(String reason) {
        return new RestFailure(WireCode.BODY_NOT_JSON, "can only accept json format request, error: " + reason);
    }

    /** @param member its name as Milvus prints it: a capital first */
    static RestFailure missing(String kind, String member) {
        return new RestFailure(
                WireCode.MEMBER_MISSING,
                "missing required parameters, error: Key: '" + kind + "." + member + "' Error:Field validation for '"
                        + member + "' failed on the 'required' tag");
    }

    /** A member is there and useless, in Milvus's code for members that are absent. */
    static RestFailure unusable(String reason) {
        return new RestFailure(WireCode.MEMBER_MISSING, "missing required parameters, error: " + reason);
    }

    /** A row does not fit the schema. */
    static RestFailure row(String reason) {
        return new RestFailure(WireCode.ROW_INVALID, "fail to deal the insert data, error: " + reason);
    }

    /** A primary key that is none of the collection's type. */
    static RestFailure key(String reason) {
        return new RestFailure(
                WireCode.KEY_INVALID,
                "please check the primary key and its' type can only in [int, string], error: " + reason);
    }

    public WireCode code() {
        return code;
    }
}
