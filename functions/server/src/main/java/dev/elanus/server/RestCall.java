package dev.elanus.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.wire.RestAnswers;
import dev.elanus.wire.RestBody;

/**
 * What answers one REST path.
 *
 * @param path behind {@code /v2/vectordb/}
 * @param function the RPC that it corresponds to
 * @param kind the name that Milvus gives its requests
 */
record RestCall(String path, String function, String kind, Handler handler) {
    /** Decodes, calls the engine, encodes; runs on a thread that may wait. */
    interface Handler {
        ObjectNode answer(Call call, RestBody body, RestAnswers answers);
    }
}
