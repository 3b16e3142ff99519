package dev.elanus.wire;

import dev.elanus.error.Busy;
import dev.elanus.error.Conflict;
import dev.elanus.error.Corrupt;
import dev.elanus.error.DatabaseException;
import dev.elanus.error.Denied;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.error.OutcomeUnknown;
import dev.elanus.error.TimeOver;
import dev.elanus.error.Unavailable;
import dev.elanus.error.Unsupported;
import io.milvus.grpc.ErrorCode;

/** The codes of Milvus's failures, each with the legacy code that older clients read instead. */
@SuppressWarnings("deprecation") // The legacy codes are old, and still read.
public enum WireCode {
    SUCCESS(0, ErrorCode.Success, false),
    UNAVAILABLE(2, ErrorCode.UnexpectedError, true),
    INTERNAL(5, ErrorCode.UnexpectedError, false),
    /** Clients wait a little and try again by themselves. */
    TRY_AGAIN(8, ErrorCode.RateLimit, true),
    UNIMPLEMENTED(10, ErrorCode.UnexpectedError, false),
    RESOURCE_INSUFFICIENT(12, ErrorCode.UnexpectedError, true),
    COLLECTION_NOT_FOUND(100, ErrorCode.CollectionNotExists, false),
    COLLECTION_NOT_LOADED(101, ErrorCode.UnexpectedError, false),
    TOO_MANY_COLLECTIONS(102, ErrorCode.UnexpectedError, false),
    COLLECTION_LOADED(104, ErrorCode.UnexpectedError, false),
    SCHEMA_ILLEGAL(105, ErrorCode.UnexpectedError, false),
    VECTOR_CLUSTERING_KEY(107, ErrorCode.UnexpectedError, false),
    SCHEMA_MISMATCH(109, ErrorCode.SchemaMismatch, false),
    PARTITION_NOT_FOUND(200, ErrorCode.MetaFailed, false),
    PARTITION_NOT_LOADED(201, ErrorCode.UnexpectedError, false),
    RESOURCE_GROUP_NOT_FOUND(300, ErrorCode.UnexpectedError, false),
    RESOURCE_GROUP_EXISTS(301, ErrorCode.UnexpectedError, false),
    TOO_MANY_RESOURCE_GROUPS(302, ErrorCode.UnexpectedError, false),
    RESOURCE_GROUP_CONFIG(303, ErrorCode.UnexpectedError, false),
    TOO_FEW_NODES(304, ErrorCode.UnexpectedError, false),
    INDEX_NOT_FOUND(700, ErrorCode.IndexNotExist, false),
    INDEX_DUPLICATE(702, ErrorCode.UnexpectedError, false),
    DATABASE_NOT_FOUND(800, ErrorCode.UnexpectedError, false),
    TOO_MANY_DATABASES(801, ErrorCode.UnexpectedError, false),
    DATABASE_NAME_INVALID(802, ErrorCode.UnexpectedError, false),
    NODE_NOT_FOUND(901, ErrorCode.UnexpectedError, false),
    DATA_DAMAGED(1009, ErrorCode.UnexpectedError, false),
    PARAMETER_INVALID(1100, ErrorCode.IllegalArgument, false),
    PARAMETER_TOO_LARGE(1102, ErrorCode.IllegalArgument, false),
    PERMISSION_DENIED(1401, ErrorCode.UnexpectedError, false),
    ALIAS_NOT_FOUND(1600, ErrorCode.UnexpectedError, false),
    ALIAS_IS_COLLECTION(1601, ErrorCode.UnexpectedError, false),
    ALIAS_EXISTS(1602, ErrorCode.UnexpectedError, false),
    FIELD_NOT_FOUND(1700, ErrorCode.UnexpectedError, false),
    FIELD_NAME_INVALID(1701, ErrorCode.UnexpectedError, false),
    /** Of REST alone: the body is not the JSON that was expected. */
    BODY_NOT_JSON(1801, ErrorCode.IllegalArgument, false),
    /** Of REST alone: a required member is absent. */
    MEMBER_MISSING(1802, ErrorCode.IllegalArgument, false),
    /** Of REST alone: a row does not fit the schema. */
    ROW_INVALID(1804, ErrorCode.IllegalArgument, false),
    /** Of REST alone: a primary key is not of the collection's type. */
    KEY_INVALID(1806, ErrorCode.IllegalArgument, false),
    /** The request took longer than it may. */
    TIME_OVER(10_001, ErrorCode.UnexpectedError, false),
    /** A mistake of the client's that has no code of its own. */
    RULE_UNNUMBERED(65_535, ErrorCode.UnexpectedError, false),
    UNEXPECTED(65_535, ErrorCode.UnexpectedError, false);

    private final int number;
    private final ErrorCode legacy;
    private final boolean retriable;

    WireCode(int number, ErrorCode legacy, boolean retriable) {
        this.number = number;
        this.legacy = legacy;
        this.retriable = retriable;
    }

    public int number() {
        return number;
    }

    ErrorCode legacy() {
        return legacy;
    }

    boolean retriable() {
        return retriable;
    }

    /** Whether the fault lies with the server or its store, so that its log must have the whole of it. */
    public boolean isOurs() {
        return this == INTERNAL || this == DATA_DAMAGED || this == UNEXPECTED;
    }

    /** The code of a failure: the one place that decides it. */
    public static WireCode of(DatabaseException failure) {
        return switch (failure) {
            case Invalid invalid -> of(invalid.reason());
            case NotFound missing -> of(missing.kind());
            case Unsupported _ -> UNIMPLEMENTED;
            case Denied _ -> PERMISSION_DENIED;
            case Conflict _, Busy _ -> TRY_AGAIN;
            case TimeOver _ -> TIME_OVER;
            case Unavailable _ -> UNAVAILABLE;
            case OutcomeUnknown _ -> INTERNAL;
            case Corrupt _ -> DATA_DAMAGED;
        };
    }

    private static WireCode of(Invalid.Reason reason) {
        return switch (reason) {
            case PARAMETER -> PARAMETER_INVALID;
            case FIELD_NAME -> FIELD_NAME_INVALID;
            case ILLEGAL_SCHEMA -> SCHEMA_ILLEGAL;
            case VECTOR_CLUSTERING_KEY -> VECTOR_CLUSTERING_KEY;
            case TOO_MANY_REPLICAS -> RESOURCE_INSUFFICIENT;
            case NOT_LOADED -> COLLECTION_NOT_LOADED;
            case LOADED -> COLLECTION_LOADED;
            case PARTITION_NOT_LOADED -> PARTITION_NOT_LOADED;
            case SCHEMA_MISMATCH -> SCHEMA_MISMATCH;
            case TOO_MANY_COLLECTIONS -> TOO_MANY_COLLECTIONS;
            case TOO_MANY_DATABASES -> TOO_MANY_DATABASES;
            case DATABASE_NAME -> DATABASE_NAME_INVALID;
            case AMBIGUOUS_INDEX -> INDEX_DUPLICATE;
            case ALIAS_IS_COLLECTION -> ALIAS_IS_COLLECTION;
            case ALIAS_EXISTS -> ALIAS_EXISTS;
            case RESOURCE_GROUP_EXISTS -> RESOURCE_GROUP_EXISTS;
            case TOO_MANY_RESOURCE_GROUPS -> TOO_MANY_RESOURCE_GROUPS;
            case RESOURCE_GROUP_CONFIG -> RESOURCE_GROUP_CONFIG;
            case TOO_FEW_NODES -> TOO_FEW_NODES;
            case UNNUMBERED -> RULE_UNNUMBERED;
        };
    }

    private static WireCode of(NotFound.Kind kind) {
        return switch (kind) {
            case DATABASE -> DATABASE_NOT_FOUND;
            case COLLECTION -> COLLECTION_NOT_FOUND;
            case PARTITION -> PARTITION_NOT_FOUND;
            case INDEX -> INDEX_NOT_FOUND;
            case FIELD -> FIELD_NOT_FOUND;
            case ALIAS -> ALIAS_NOT_FOUND;
            case SNAPSHOT -> PARAMETER_INVALID;
            case RESOURCE_GROUP -> RESOURCE_GROUP_NOT_FOUND;
            case NODE -> NODE_NOT_FOUND;
            case OBJECT -> INTERNAL;
        };
    }
}
