package dev.elanus.server;

import dev.elanus.engine.Database;
import dev.elanus.host.Host;
import dev.elanus.wire.Statuses;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** What the management port serves beside metrics: {@code /healthz} and {@code /livez} as Milvus answers them. */
@Singleton
class Management {
    private static final Logger LOG = Logger.getLogger("elanus.health");
    private final Database database;
    private final Host host;

    Management(Database database, Host host) {
        this.database = database;
        this.host = host;
    }

    void routes(@Observes ManagementInterface management) {
        management.router().get("/livez").handler(request -> request.response().end("OK"));
        management
                .router()
                .get("/healthz")
                .handler(request -> host.start(() -> {
                    health(request);
                    return true;
                }));
    }

    /** Healthy is who reaches the store: the catalog is read each time. */
    private void health(RoutingContext request) {
        boolean healthy = true;
        try {
            database.checkStore();
        } catch (RuntimeException failure) {
            LOG.warnf("the store does not answer: %s", Statuses.message(failure));
            healthy = false;
        }
        request.response().setStatusCode(healthy ? 200 : 500);
        if ("application/json".equals(request.request().getHeader("Content-Type"))) {
            JsonObject component = new JsonObject().put("name", "store").put("code", healthy ? 1 : 2);
            request.response()
                    .putHeader("Content-Type", "application/json")
                    .end(new JsonObject()
                            .put("state", healthy ? "OK" : "Not all components are healthy, 0/1")
                            .put("detail", new JsonArray().add(component))
                            .encode());
        } else {
            request.response().end(healthy ? "OK" : "Not all components are healthy, 0/1");
        }
    }
}
