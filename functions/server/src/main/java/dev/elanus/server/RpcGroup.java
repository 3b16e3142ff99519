package dev.elanus.server;

import java.util.List;

/** Calls of the protocol that belong together. */
interface RpcGroup {
    List<Rpc<?, ?>> all();
}
