package dev.elanus.server;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

/** Serves until the process is stopped. */
public class ServeApplication implements QuarkusApplication {
    private final Banner banner;

    ServeApplication(Banner banner) {
        this.banner = banner;
    }

    @Override
    public int run(String... arguments) {
        banner.show();
        Quarkus.waitForExit();
        return 0;
    }
}
