package dev.elanus.server;

import dev.elanus.error.Unsupported;
import java.util.List;

/** Paths that Milvus has and this server has not: they say so, where any other path is not found. */
final class RestUnsupported {
    /** Whole families. */
    static final List<String> FAMILIES = List.of("users/", "roles/", "privilege_groups/", "jobs/");

    private RestUnsupported() {}

    static boolean isKnown(String path) {
        return FAMILIES.stream().anyMatch(path::startsWith);
    }

    /** A call that refuses the path by name. */
    static RestCall call(String path) {
        return new RestCall(path, "Unsupported", "EmptyReq", (_, _, _) -> {
            throw new Unsupported("/v2/vectordb/" + path + " is not supported: service unimplemented");
        });
    }
}
