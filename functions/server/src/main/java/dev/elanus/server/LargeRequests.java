package dev.elanus.server;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Says why a message that is too large was refused: the gRPC server gives the code alone. */
@Singleton
class LargeRequests {
    private static final String RESOURCE_EXHAUSTED = "8";
    private static final String REASON =
            "request: expected at most 67108864 bytes (64 MiB), found more: send fewer rows at once";
    /** Before the gRPC service. */
    private static final int PRIORITY = 1000;

    void filter(@Observes Filters filters) {
        filters.register(LargeRequests::explain, PRIORITY);
    }

    private static void explain(RoutingContext request) {
        String type = request.request().getHeader("Content-Type");
        if (type != null && type.startsWith("application/grpc")) {
            request.addHeadersEndHandler(_ -> {
                explain(request.response().headers());
                explain(request.response().trailers());
            });
        }
        request.next();
    }

    private static void explain(MultiMap answer) {
        String message = answer.get("grpc-message");
        if (RESOURCE_EXHAUSTED.equals(answer.get("grpc-status")) && (message == null || message.isEmpty())) {
            answer.set("grpc-message", REASON);
        }
    }
}
