package dev.elanus.storage;

/** What became of a put-if-absent. */
public sealed interface Put {
    /** The object is there, durable, and it is ours. */
    record Stored() implements Put {}

    /** An object of that name was there. It may be our own: a client library may have retried after a lost reply. */
    record AlreadyThere() implements Put {}

    /** Whether the object was stored is not known: read it back. */
    record ReplyLost(RuntimeException cause) implements Put {}
}
