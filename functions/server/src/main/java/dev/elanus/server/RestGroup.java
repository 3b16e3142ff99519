package dev.elanus.server;

import java.util.List;

/** REST paths that belong together. */
interface RestGroup {
    List<RestCall> all();
}
