package dev.elanus.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A network that fails: a TCP proxy in front of an HTTP server which delays, refuses connections, cuts them within a request or a reply, and
 * swallows replies to requests that were delivered. What happens is drawn from a seed, and may be changed at any time.
 */
public final class FaultyProxy implements AutoCloseable {
    /**
     * How often each fault happens, 0 to 1: {@code reset} for a connection, all others for a request.
     *
     * @param reset a connection is refused
     * @param cutRequest the connection ends after a part of the request
     * @param swallow the request is delivered whole, and the connection ends before its reply
     * @param cutReply the connection ends after a part of the reply
     * @param slow the reply takes {@code slowMillis} more, all others up to a hundredth of that
     */
    public record Faults(
            double reset, double cutRequest, double swallow, double cutReply, double slow, int slowMillis) {
        public static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0);
        /** About one request in forty meets a fault, and one in fifty is slow. */
        public static final Faults OFTEN = new Faults(0.01, 0.005, 0.015, 0.005, 0.02, 500);
    }

    private static final String SLOW_DOWN_BODY =
            "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";

    private static final String SLOW_DOWN =
            "HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nContent-Length: " + SLOW_DOWN_BODY.length()
                    + "\r\nConnection: close\r\n\r\n" + SLOW_DOWN_BODY;

    private final ServerSocket listening;
    private final int target;
    private final SplittableRandom random;
    private final AtomicInteger toSwallow = new AtomicInteger();
    private final AtomicLong harmed = new AtomicLong();
    private volatile Faults faults = Faults.NONE;
    private volatile boolean throttles;

    private FaultyProxy(ServerSocket listening, int target, long seed) {
        this.listening = listening;
        this.target = target;
        this.random = new SplittableRandom(seed);
    }

    /** A proxy in front of a port of this machine, without faults for now. */
    public static FaultyProxy start(int target, long seed) throws IOException {
        FaultyProxy proxy = new FaultyProxy(new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()), target, seed);
        Thread.startVirtualThread(proxy::accept);
        return proxy;
    }

    public int port() {
        return listening.getLocalPort();
    }

    public void set(Faults newFaults) {
        faults = newFaults;
    }

    /** The next {@code count} replies never arrive. */
    void swallowNext(int count) {
        toSwallow.set(count);
    }

    /** Whether requests are answered by asking to slow down, without the server hearing of them. */
    public void throttle(boolean on) {
        throttles = on;
    }

    /** Requests and connections that met a fault, slow ones not counted. */
    public long harmed() {
        return harmed.get();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                if (isDrawn(faults.reset)) {
                    client.setSoLinger(true, 0);
                    client.close();
                } else {
                    Thread.startVirtualThread(() -> connect(client));
                }
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void connect(Socket client) {
        try {
            client.setTcpNoDelay(true);
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            server.setTcpNoDelay(true);
            Connection connection = new Connection(client, server);
            Thread.startVirtualThread(() -> connection.pump(client, server, false));
            Thread.startVirtualThread(() -> connection.pump(server, client, true));
        } catch (IOException _) {
            closeQuietly(client);
        }
    }

    /** Draws whether something happens that happens so often, and counts it as harm if it does. */
    private boolean isDrawn(double chance) {
        boolean drawn = chance > 0 && next() < chance;
        if (drawn) {
            harmed.incrementAndGet();
        }
        return drawn;
    }

    private double next() {
        synchronized (random) {
            return random.nextDouble();
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is of no use any more.
        }
    }

    /** Two sockets, over which one request after the other goes one way and its reply the other. */
    private final class Connection {
        private final Socket client;
        private final Socket server;
        private volatile boolean awaitsReply;

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void pump(Socket from, Socket to, boolean replies) {
            byte[] buffer = new byte[1 << 16];
            try {
                InputStream source = from.getInputStream();
                OutputStream sink = to.getOutputStream();
                for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
                    if (!replies && throttles && !awaitsReply) {
                        from.getOutputStream().write(SLOW_DOWN.getBytes(StandardCharsets.ISO_8859_1));
                        break;
                    }
                    int passed = replies ? replyPassed(buffer, read) : requestPassed(read);
                    sink.write(buffer, 0, passed);
                    if (passed < read) {
                        break;
                    }
                }
            } catch (IOException _) {
                // The other side hung up.
            }
            closeQuietly(client);
            closeQuietly(server);
        }

        private int requestPassed(int read) {
            if (!awaitsReply && isDrawn(faults.cutRequest)) {
                return (int) (next() * read);
            }
            awaitsReply = true;
            return read;
        }

        private int replyPassed(byte[] buffer, int read) {
            // "100 Continue" only asks for the body: the request is not through yet.
            if (!awaitsReply
                    || new String(buffer, 0, Math.min(read, 12), StandardCharsets.ISO_8859_1).equals("HTTP/1.1 100")) {
                return read;
            }
            awaitsReply = false;
            Faults now = faults;
            if (now.slowMillis > 0) {
                double millis = next() < now.slow ? now.slowMillis : next() * now.slowMillis / 100;
                LockSupport.parkNanos((long) (millis * 1e6));
            }
            if (toSwallow.getAndUpdate(left -> Math.max(0, left - 1)) > 0 || isDrawn(now.swallow)) {
                return 0;
            }
            return isDrawn(now.cutReply) ? (int) (next() * read) : read;
        }
    }
}
