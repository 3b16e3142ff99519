package dev.elanus.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A client of the RESTful API that sends text and gives trees. Safe for use from many threads. */
final class Rest implements AutoCloseable {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final String uri;

    Rest(String uri) {
        this.uri = uri;
    }

    /**
     * The whole answer, whatever its code.
     *
     * @param body JSON with single quotes
     * @throws IOException if there is no answer
     */
    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return post(path, body, TIME_LIMIT);
    }

    /** As {@link #post(String, String)}, telling the server how long the answer is waited for, in whole seconds. */
    JsonNode post(String path, String body, Duration limit) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri + "/v2/vectordb/" + path))
                .timeout(TIME_LIMIT)
                .header("Content-Type", "application/json")
                .header("Request-Timeout", Long.toString(limit.toSeconds()))
                .POST(BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
        return json.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    /** The answer's data. @throws AssertionError if it is a refusal */
    JsonNode data(String path, String body) throws IOException, InterruptedException {
        JsonNode answer = post(path, body);
        if (answer.path("code").asInt(-1) != 0) {
            throw new AssertionError(path + " " + body + ": " + answer);
        }
        return answer.path("data");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
