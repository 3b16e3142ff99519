package dev.elanus.builder;

import dev.elanus.schema.CollectionName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server's metrics say of the searches that it repeated exactly.
 *
 * @param values of the lines whose names begin with {@code elanus_recall_}, by the name and its labels in order
 * @param trouble why there are none; empty if the server answered
 */
record ServedRecall(Map<String, Double> values, String trouble) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern LINE = Pattern.compile("(elanus_recall_\\w+)\\{(.*)} (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** @param server its management address */
    static ServedRecall ask(URI server) {
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpRequest request = HttpRequest.newBuilder(server.resolve("/metrics"))
                    .timeout(PATIENCE)
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200
                    ? new ServedRecall(parse(response.body()), "")
                    : new ServedRecall(Map.of(), server + " answers " + response.statusCode());
        } catch (IOException unreachable) {
            return new ServedRecall(Map.of(), "no server answers at " + server);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new ServedRecall(Map.of(), "interrupted");
        }
    }

    static Map<String, Double> parse(String metrics) {
        Map<String, Double> values = new TreeMap<>();
        Matcher lines = LINE.matcher(metrics);
        while (lines.find()) {
            Map<String, String> labels = new TreeMap<>();
            Matcher label = LABEL.matcher(lines.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
            values.put(lines.group(1) + labels, Double.parseDouble(lines.group(3)));
        }
        return values;
    }

    /** In words, for one index. */
    String of(CollectionName name, String index) {
        if (!trouble.isEmpty()) {
            return trouble;
        }
        String labels = new TreeMap<>(
                        Map.of("db_name", name.database(), "collection_name", name.name(), "index_name", index))
                .toString();
        double wanted = values.getOrDefault("elanus_recall_wanted" + labels, 0.0);
        return wanted == 0
                ? "none of its searches was repeated exactly so far: the server's --recall-share says how many are"
                : "recall %.4f over %,d searches that were repeated exactly, %,d hits"
                        .formatted(
                                values.getOrDefault("elanus_recall_found" + labels, 0.0) / wanted,
                                values.getOrDefault("elanus_recall_searches" + labels, 0.0)
                                        .longValue(),
                                (long) wanted);
    }
}
