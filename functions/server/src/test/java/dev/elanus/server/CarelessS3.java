package dev.elanus.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** As much of an S3 server as a start needs, which lets every writer win whatever it is told about conditions. */
final class CarelessS3 implements AutoCloseable {
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final HttpServer server;

    CarelessS3() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                boolean chunked = exchange.getRequestHeaders().containsKey("x-amz-decoded-content-length");
                objects.put(key, chunked ? joinChunks(body) : body);
                exchange.getResponseHeaders().add("ETag", "\"1\"");
                send(exchange, 200, new byte[0]);
            }
            case "GET" -> {
                byte[] found = objects.get(key);
                byte[] missing =
                        "<Error><Code>NoSuchKey</Code><Message>none</Message></Error>".getBytes(StandardCharsets.UTF_8);
                send(exchange, found == null ? 404 : 200, found == null ? missing : found);
            }
            default -> {
                objects.remove(key);
                send(exchange, 204, new byte[0]);
            }
        }
    }

    private static void send(HttpExchange exchange, int code, byte[] body) throws IOException {
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** The encoding {@code aws-chunked}: a line with a length in hexadecimal and attributes, so many bytes, a line's end, and so on. */
    private static byte[] joinChunks(byte[] body) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int end = at;
            while (body[end] != '\r') {
                end++;
            }
            String line = new String(Arrays.copyOfRange(body, at, end), StandardCharsets.UTF_8);
            int length = Integer.parseInt(line.split(";")[0], 16);
            if (length == 0) {
                return joined.toByteArray();
            }
            joined.write(body, end + 2, length);
            at = end + 2 + length + 2;
        }
    }
}
