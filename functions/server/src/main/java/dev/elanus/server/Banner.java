package dev.elanus.server;

import dev.elanus.engine.Database;
import dev.elanus.engine.EngineStatus;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Says at the start what serves, from where and how. */
@Singleton
class Banner {
    private static final Logger LOG = Logger.getLogger("elanus");
    private final Database database;
    private final Config config;

    Banner(Database database, Config config) {
        this.database = database;
        this.config = config;
    }

    void show() {
        EngineStatus status = database.status();
        LOG.infof("store: %s", status.store());
        LOG.infof("kernel: %s", status.kernel());
        LOG.infof(
                "compute threads: %d, heap at most: %d MiB",
                status.computeWidth(), Runtime.getRuntime().maxMemory() >> 20);
        LOG.infof("gRPC and REST: port %s; health, metrics and page: %s", port("quarkus.http.port"), page());
    }

    /** Where the page is. */
    String page() {
        return "http://127.0.0.1:" + port("quarkus.management.port") + "/webui";
    }

    /** The port that is listened on, which is not the configured one where that is 0. */
    private String port(String name) {
        return config.getValue(name, String.class);
    }
}
