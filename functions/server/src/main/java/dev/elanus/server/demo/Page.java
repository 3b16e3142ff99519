package dev.elanus.server.demo;

import dev.elanus.column.Keys;
import dev.elanus.engine.CollectionDescription;
import dev.elanus.engine.Database;
import dev.elanus.engine.EngineStatus;
import dev.elanus.engine.IndexDescription;
import dev.elanus.engine.SegmentDescription;
import dev.elanus.error.DatabaseException;
import dev.elanus.error.Invalid;
import dev.elanus.host.Host;
import dev.elanus.schema.CollectionName;
import dev.elanus.search.SearchResult;
import dev.elanus.wire.Statuses;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;

/** The page under {@code /webui}: files, and beside them what they ask for as JSON and pictures. */
@Singleton
class Page {
    private static final int TOP_K = 20;
    private final Database database;
    private final Host host;
    private final Demo demo;

    Page(Database database, Host host, Demo demo) {
        this.database = database;
        this.host = host;
        this.demo = demo;
    }

    void routes(@Observes ManagementInterface management) {
        Router router = management.router();
        router.get("/webui").handler(request -> {
            if (request.normalizedPath().endsWith("/")) {
                request.next();
            } else {
                request.redirect("/webui/");
            }
        });
        router.get("/webui/api/state").handler(request -> answer(request, _ -> state()));
        router.get("/webui/api/search").handler(request -> answer(request, this::search));
        router.get("/webui/picture/:set/:number").handler(this::picture);
        router.get("/webui/*").handler(StaticHandler.create("webui").setCachingEnabled(false));
    }

    private void answer(RoutingContext request, Function<RoutingContext, JsonObject> work) {
        host.start(() -> {
            JsonObject answer;
            try {
                answer = work.apply(request);
            } catch (DatabaseException failure) {
                answer = new JsonObject().put("error", Statuses.message(failure));
            }
            request.response().putHeader("Content-Type", "application/json").end(answer.encode());
            return true;
        });
    }

    private JsonObject state() {
        EngineStatus status = database.status();
        JsonArray collections = new JsonArray();
        for (CollectionDescription collection : database.listCollections(CollectionName.DEFAULT_DATABASE)) {
            collections.add(describe(collection));
        }
        JsonArray kinds = new JsonArray();
        for (DemoCollection collection : DemoCollection.ALL) {
            if (database.hasCollection(collection.name())) {
                kinds.add(collection.kind());
            }
        }
        JsonArray measured = new JsonArray();
        for (Measured one : demo.measured()) {
            measured.add(new JsonObject()
                    .put("kind", one.kind())
                    .put("recall", one.recall())
                    .put("p50", one.percentile(0.50))
                    .put("p95", one.percentile(0.95))
                    .put("p99", one.percentile(0.99))
                    .put("scanned", one.scanned()));
        }
        return new JsonObject()
                .put("store", status.store())
                .put("kernel", status.kernel())
                .put("threads", status.computeWidth())
                .put("collections", collections)
                .put("kinds", kinds)
                .put("labels", new JsonArray(Pictures.LABELS))
                .put("queries", demo.queries().count())
                .put("measured", measured);
    }

    private JsonObject describe(CollectionDescription collection) {
        JsonArray indexes = new JsonArray();
        for (IndexDescription index : database.describeIndexes(collection.name())) {
            JsonObject one = new JsonObject()
                    .put("name", index.name())
                    .put("kind", index.params().getOrDefault("index_type", "AUTOINDEX"))
                    .put("metric", index.params().getOrDefault("metric_type", ""))
                    .put("indexedRows", index.indexedRows());
            index.recall().ifPresent(recall -> one.put("recall", recall));
            indexes.add(one);
        }
        List<SegmentDescription> segments = database.segments(collection.name());
        return new JsonObject()
                .put("name", collection.name().name())
                .put("rows", database.rowCount(collection.name()))
                .put("loaded", collection.loaded())
                .put("segments", segments.size())
                .put(
                        "bytes",
                        segments.stream()
                                .mapToLong(SegmentDescription::sizeBytes)
                                .sum())
                .put("indexes", indexes);
    }

    private JsonObject search(RoutingContext request) {
        DemoCollection collection = new DemoCollection(parameter(request, "kind", "AUTOINDEX"));
        Pictures set = set(parameter(request, "set", "queries"));
        int number = number(parameter(request, "number", "0"), set.count());
        String label = parameter(request, "label", "");
        String filter = label.isEmpty() ? "" : "label == " + number(label, Pictures.LABELS.size());
        long start = host.nanoTime();
        SearchResult result = collection.search(database, set.vector(number), TOP_K, filter);
        long micros = (host.nanoTime() - start) / 1000;
        JsonArray hits = new JsonArray();
        for (int row = 0; row < result.scores().length; row++) {
            int id = (int) (long) Keys.valueAt(result.keys(), row);
            hits.add(new JsonObject()
                    .put("id", id)
                    .put("label", demo.pictures().label(id))
                    .put("distance", result.scores()[row]));
        }
        return new JsonObject()
                .put("label", set.label(number))
                .put("hits", hits)
                .put("micros", micros)
                .put("filter", filter)
                .put("rowsScanned", result.cost().rowsScanned())
                .put("segmentsSearched", result.cost().segmentsSearched())
                .put("waves", result.cost().waves())
                .put("gets", result.cost().gets())
                .put("bytesRead", result.cost().bytesRead());
    }

    private void picture(RoutingContext request) {
        try {
            Pictures set = set(request.pathParam("set"));
            int number = number(request.pathParam("number").replace(".png", ""), set.count());
            request.response()
                    .putHeader("Content-Type", "image/png")
                    .putHeader("Cache-Control", "public, max-age=86400, immutable")
                    .end(Buffer.buffer(Png.encode(set.pixels(), number * Pictures.PIXELS, Pictures.SIDE)));
        } catch (Invalid failure) {
            request.response().setStatusCode(404).end(Statuses.message(failure));
        }
    }

    private Pictures set(String name) {
        return switch (name) {
            case "pictures" -> demo.pictures();
            case "queries" -> demo.queries();
            default -> throw Invalid.of("set", "pictures or queries", name);
        };
    }

    private static String parameter(RoutingContext request, String name, String absent) {
        String value = request.request().getParam(name);
        return value == null ? absent : value;
    }

    private static int number(String text, int limit) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number < limit) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Said below, with the numbers that are out of range.
        }
        throw Invalid.of("number", "0 to " + (limit - 1), text);
    }
}
