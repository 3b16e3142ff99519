package dev.elanus.bench;

import java.io.IOException;
import java.util.List;

/**
 * What ordinary calls of an unmodified pymilvus cost the packaged server: inserts of rows of many fields, searches with output fields, and a query
 * iterator over a whole collection.
 *
 * <p>{@code SurfaceBench [ROWS [ITERATED]]}: rows that are inserted and searched, and rows that are iterated over. Needs {@code ./elanus test} to have
 * installed pymilvus, and the server to be packaged.
 */
public final class SurfaceBench {
    private SurfaceBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        String rows = arguments.length > 0 ? arguments[0] : "100000";
        String iterated = arguments.length > 1 ? arguments[1] : "1000000";
        try (ServedFolder server = ServedFolder.start("surface")) {
            WireBench.run(List.of(
                    WireBench.python().toString(),
                    "-W",
                    "ignore",
                    "src/bench/python/surface.py",
                    server.address().toString(),
                    Long.toString(server.pid()),
                    rows,
                    iterated));
        }
        System.exit(0);
    }
}
