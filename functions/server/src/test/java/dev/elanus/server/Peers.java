package dev.elanus.server;

import java.nio.file.Path;

/** Where the scripts under {@code infra/peers} install the programs that tests need. */
final class Peers {
    private Peers() {}

    static Path cache() {
        String chosen = System.getenv("ELANUS_CACHE");
        return chosen == null ? Path.of(System.getProperty("user.home"), ".cache", "elanus") : Path.of(chosen);
    }
}
