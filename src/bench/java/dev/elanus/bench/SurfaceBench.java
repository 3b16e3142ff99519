package dev.elanus.bench;

import java.io.IOException;
import java.util.List;

/**
 * What ordinary calls of an unmodified pymilvus cost the packaged server: inserts of rows of many fields, searches with output fields, and a query
 * iterator over a whole collection. Then what creating, describing and listing collections takes, with ten of them and with many.
 *
 * <p>{@code SurfaceBench [ROWS [ITERATED [COLLECTIONS]]]}: rows that are inserted and searched, rows that are iterated over, and how many are many. Needs {@code ./elanus test} to have
 * installed pymilvus, and the server to be packaged.
 */
public final class SurfaceBench {
    private SurfaceBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        String rows = arguments.length > 0 ? arguments[0] : "100000";
        String iterated = arguments.length > 1 ? arguments[1] : "1000000";
        String collections = arguments.length > 2 ? arguments[2] : "10000";
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
        try (ServedFolder server = ServedFolder.start("names")) {
            WireBench.run(List.of(
                    WireBench.python().toString(),
                    "-W",
                    "ignore",
                    "src/bench/python/names.py",
                    server.address().toString(),
                    collections));
        }
        System.exit(0);
    }
}
