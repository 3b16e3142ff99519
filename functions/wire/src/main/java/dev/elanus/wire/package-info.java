/**
 * Milvus's messages and RESTful JSON on one side, the engine's records on the other, and the codes that failures have on the wire. Shared by
 * every entry point; wire types go no further than this package and its callers.
 */
@NullMarked
package dev.elanus.wire;

import org.jspecify.annotations.NullMarked;
