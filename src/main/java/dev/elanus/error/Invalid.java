package dev.elanus.error;

/** The request is wrong and will stay so: correct it. The message names the field, what was expected and what was found. */
public final class Invalid extends DatabaseException {
    private static final long serialVersionUID = 1L;

    /** Which rule was broken, as far as a client can tell the rules apart. */
    public enum Reason {
        /** A value or a name that breaks a rule. */
        PARAMETER,
        /** A field's name breaks a rule. */
        FIELD_NAME,
        /** The fields of a schema do not go together. */
        ILLEGAL_SCHEMA,
        /** Vectors cannot be what rows are clustered by. */
        VECTOR_CLUSTERING_KEY,
        /** There are fewer nodes than replicas were asked for. */
        TOO_MANY_REPLICAS,
        /** The collection must be loaded first. */
        NOT_LOADED,
        /** The collection must be released first. */
        LOADED,
        /** A partition must be loaded first. */
        PARTITION_NOT_LOADED,
        /** The writer's schema is older than the collection's. */
        SCHEMA_MISMATCH,
        /** The number of collections is at its limit. */
        TOO_MANY_COLLECTIONS,
        /** The number of databases is at its limit. */
        TOO_MANY_DATABASES,
        /** A database's name breaks a rule. */
        DATABASE_NAME,
        /** Several indexes are meant where one is asked for. */
        AMBIGUOUS_INDEX,
        /** An alias and a collection would have the same name. */
        ALIAS_IS_COLLECTION,
        /** An alias stands for another collection already. */
        ALIAS_EXISTS,
        /** A resource group of another configuration has the name. */
        RESOURCE_GROUP_EXISTS,
        /** The number of resource groups is at its limit. */
        TOO_MANY_RESOURCE_GROUPS,
        /** A resource group's configuration contradicts itself. */
        RESOURCE_GROUP_CONFIG,
        /** A resource group has too few nodes. */
        TOO_FEW_NODES,
        /** A rule whose breach Milvus gives no code of its own. */
        UNNUMBERED
    }

    private final Reason reason;

    public Invalid(Reason reason, String message) {
        super(message, null);
        this.reason = reason;
    }

    /** A broken rule of the general kind, {@link Reason#PARAMETER}. */
    public Invalid(String message) {
        this(Reason.PARAMETER, message);
    }

    /** The broken rule in the words of Milvus: {@code message: invalid parameter[expected=…][actual=…]}. */
    public static Invalid of(String message, Object expected, Object actual) {
        return new Invalid(message + ": invalid parameter[expected=" + expected + "][actual=" + actual + "]");
    }

    public Reason reason() {
        return reason;
    }
}
