package dev.elanus.server;

import com.google.protobuf.Message;
import java.util.function.BiFunction;

/**
 * One call of the protocol and what answers it.
 *
 * @param name as in the protocol's definition
 * @param request an empty request, of the type that is parsed
 * @param answer an empty answer
 * @param handler decodes, calls the engine, encodes; runs on a thread that may wait
 */
record Rpc<Q extends Message, A extends Message>(String name, Q request, A answer, BiFunction<Call, Q, A> handler) {}
