package dev.elanus.server;

import dev.elanus.server.demo.Demo;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.util.List;

/** Fills a store with pictures, measures, and serves the page on which to search them. */
public class DemoApplication implements QuarkusApplication {
    private final Banner banner;
    private final Demo demo;

    DemoApplication(Banner banner, Demo demo) {
        this.banner = banner;
        this.demo = demo;
    }

    @Override
    public int run(String... arguments) {
        banner.show();
        demo.run();
        if (!List.of(arguments).contains("--exit")) {
            System.out.printf("%nSearch them yourself: %s    (Ctrl-C ends it)%n", banner.page());
            Quarkus.waitForExit();
        }
        return 0;
    }
}
