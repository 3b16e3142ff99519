package dev.elanus.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/** A real S3 server (versitygw) as a process of its own on a free port, with one bucket over a folder. */
public final class S3Server implements AutoCloseable {
    public static final String BUCKET = "elanus-test";
    public static final String ACCESS_KEY = "elanus";
    public static final String SECRET_KEY = "elanus-secret";
    public static final String REGION = "us-east-1";

    private final Path folder;
    private final int port;
    private Process process;

    private S3Server(Path folder, Process process, int port) {
        this.folder = folder;
        this.process = process;
        this.port = port;
    }

    /** @param folder an existing folder for the buckets and the server's log */
    public static S3Server start(Path folder) {
        try {
            S3Server server = launch(folder);
            try (S3Client client = server.settings("").client()) {
                client.createBucket(request -> request.bucket(BUCKET));
            }
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Settings for the bucket. */
    public S3Settings settings(String prefix) {
        return settings(prefix, port);
    }

    /** Settings for the bucket as it is reached through another port of this machine, for example a proxy's. */
    public S3Settings settings(String prefix, int throughPort) {
        return new S3Settings(
                BUCKET,
                prefix,
                Optional.of(URI.create("http://127.0.0.1:" + throughPort)),
                REGION,
                true,
                false,
                S3Headers.NONE,
                StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)));
    }

    public int port() {
        return port;
    }

    /** Is out of reach from now on, like a server that crashed. */
    public void stop() {
        close();
    }

    /** Is there again after {@link #stop}, on the same port and with what it held. */
    public void startAgain() {
        try {
            process = process(folder, port);
            if (!listens(process, port)) {
                throw new IllegalStateException("versitygw did not start again, see " + folder);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static Path binary() {
        String cache = System.getenv("ELANUS_CACHE");
        Path folder = cache == null ? Path.of(System.getProperty("user.home"), ".cache", "elanus") : Path.of(cache);
        Path binary = folder.resolve("bin").resolve("versitygw");
        if (!Files.isExecutable(binary)) {
            throw new IllegalStateException(
                    "The S3 server that this test needs is not at " + binary + ": run infra/peers/versitygw once.");
        }
        return binary;
    }

    private static S3Server launch(Path folder) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 5; attempt++) {
            int port = freePort();
            Process process = process(folder, port);
            if (listens(process, port)) {
                return new S3Server(folder, process, port);
            }
        }
        throw new IllegalStateException("versitygw did not start, see " + folder.resolve("s3-server.log"));
    }

    private static Process process(Path folder, int port) throws IOException {
        Path buckets = Files.createDirectories(folder.resolve("buckets"));
        ProcessBuilder builder = new ProcessBuilder(
                        binary().toString(), "--port", "127.0.0.1:" + port, "posix", buckets.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3-server.log").toFile());
        builder.environment().put("ROOT_ACCESS_KEY", ACCESS_KEY);
        builder.environment().put("ROOT_SECRET_KEY", SECRET_KEY);
        return builder.start();
    }

    /** Whether the process came to listen; it ends at once if somebody else took the port. */
    private static boolean listens(Process process, int port) throws InterruptedException {
        long start = System.nanoTime();
        while (System.nanoTime() - start < Duration.ofSeconds(20).toNanos()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected() && process.isAlive();
            } catch (IOException _) {
                if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                    return false;
                }
            }
        }
        process.destroyForcibly();
        return false;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
