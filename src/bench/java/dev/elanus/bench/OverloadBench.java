package dev.elanus.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The packaged server under more clients than it can serve, over RESTful v2: how much it still does, what it refuses and how, how old its answers get,
 * and how much memory it takes.
 *
 * <p>{@code OverloadBench [SECONDS [CLIENTS]]}: for each number of clients SECONDS (20) of load, with CLIENTS (8) that keep it busy and with ten times as
 * many. Of sixteen requests one inserts, the others search.
 */
public final class OverloadBench {
    private static final int DIMENSION = 128;
    private static final int ROWS = 20_000;
    private static final int BATCH = 500;
    private static final int INSERTED = 10;
    private static final int VECTORS = 10;
    private static final int LIMIT_SECONDS = 2;

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http;
    private final URI server;
    private final long pid;

    private OverloadBench(HttpClient http, URI server, long pid) {
        this.http = http;
        this.server = server;
        this.pid = pid;
    }

    /** One answer: when it came, its code and text, and how long it took. */
    private record Answer(int code, String text, double millis) {}

    public static void main(String[] arguments) throws Exception {
        int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
        int clients = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8;
        try (ServedFolder served = ServedFolder.start("overload");
                HttpClient http = HttpClient.newHttpClient()) {
            OverloadBench bench = new OverloadBench(http, served.address(), served.pid());
            bench.load();
            System.out.printf(
                    "%,d rows x %d; requests of %d vectors or %d rows; each may take %d s; heap limit %d MB%n",
                    ROWS, DIMENSION, VECTORS, INSERTED, LIMIT_SECONDS, ServedFolder.HEAP_MEGABYTES);
            System.out.println("clients  answered/s  refused/s  p50 ms  p99 ms  max ms  resident MB: start   end");
            bench.run(clients, Math.max(5, seconds / 4));
            bench.run(clients, seconds);
            bench.run(10 * clients, seconds);
            bench.run(40 * clients, seconds);
            bench.run(clients, seconds);
        }
        System.exit(0);
    }

    private void load() throws IOException, InterruptedException {
        expectDone(post(
                "collections/create",
                "{\"collectionName\":\"overload\",\"dimension\":" + DIMENSION + ",\"metricType\":\"L2\"}"));
        for (int from = 0; from < ROWS; from += BATCH) {
            expectDone(post("entities/insert", rows(from, BATCH)));
        }
        expectDone(post("collections/flush", "{\"collectionName\":\"overload\"}"));
    }

    private static void expectDone(Answer answer) throws IOException {
        if (answer.code() != 0) {
            throw new IOException("code " + answer.code() + ": " + answer.text());
        }
    }

    private void run(int clients, int seconds) throws Exception {
        ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
        long residentBefore = residentMegabytes();
        long start = System.nanoTime();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                int seed = client;
                running.add(pool.submit(() -> {
                    SplittableRandom random = new SplittableRandom(seed);
                    while (System.nanoTime() - start < seconds * 1e9) {
                        boolean inserts = random.nextInt(16) == 0;
                        answers.add(
                                inserts
                                        ? post("entities/insert", rows(ROWS + random.nextInt(ROWS), INSERTED))
                                        : post("entities/search", search(random)));
                    }
                    return null;
                }));
            }
            for (Future<?> client : running) {
                client.get();
            }
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        report(clients, elapsed, List.copyOf(answers), residentBefore);
    }

    private void report(int clients, double elapsed, List<Answer> answers, long residentBefore) throws IOException {
        double[] done = answers.stream()
                .filter(answer -> answer.code() == 0)
                .mapToDouble(Answer::millis)
                .sorted()
                .toArray();
        double longest = answers.stream().mapToDouble(Answer::millis).max().orElse(0);
        System.out.printf(
                "%7d  %10.0f  %9.0f  %6.0f  %6.0f  %6.0f  %18d  %4d%n",
                clients,
                done.length / elapsed,
                (answers.size() - done.length) / elapsed,
                at(done, 0.5),
                at(done, 0.99),
                longest,
                residentBefore,
                residentMegabytes());
        Map<String, Long> refusals = answers.stream()
                .filter(answer -> answer.code() != 0)
                .collect(Collectors.groupingBy(
                        answer -> answer.code() + " " + answer.text().replaceAll("[0-9.]+", "N"),
                        TreeMap::new,
                        Collectors.counting()));
        refusals.forEach((text, count) -> System.out.println("         refused " + count + " times: " + text));
    }

    private static double at(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }

    private Answer post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/v2/vectordb/" + path))
                .timeout(Duration.ofMinutes(2))
                .header("Content-Type", "application/json")
                .header("Request-Timeout", "" + LIMIT_SECONDS)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        long start = System.nanoTime();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        double millis = (System.nanoTime() - start) / 1e6;
        JsonNode answer = json.readTree(response.body());
        return new Answer(answer.path("code").asInt(-1), answer.path("message").asText(""), millis);
    }

    private static String rows(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(id -> "{\"id\":" + id + ",\"vector\":" + vector(new SplittableRandom(id)) + "}")
                .collect(Collectors.joining(",", "{\"collectionName\":\"overload\",\"data\":[", "]}"));
    }

    private static String search(SplittableRandom random) {
        return IntStream.range(0, VECTORS)
                .mapToObj(_ -> vector(random))
                .collect(Collectors.joining(
                        ",",
                        "{\"collectionName\":\"overload\",\"annsField\":\"vector\",\"limit\":10,\"data\":[",
                        "]}"));
    }

    private static String vector(SplittableRandom random) {
        int[] values = new int[DIMENSION];
        Arrays.setAll(values, _ -> random.nextInt(100));
        return Arrays.toString(values);
    }

    private long residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(-1);
    }
}
