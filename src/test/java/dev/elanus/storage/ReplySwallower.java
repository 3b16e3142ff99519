package dev.elanus.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP proxy in front of an HTTP server which, when told to, lets a request through and cuts the connection in place of its reply. */
final class ReplySwallower implements AutoCloseable {
    private final ServerSocket listening;
    private final int target;
    private final AtomicInteger toSwallow = new AtomicInteger();

    private ReplySwallower(ServerSocket listening, int target) {
        this.listening = listening;
        this.target = target;
    }

    static ReplySwallower start(int target) throws IOException {
        ReplySwallower proxy = new ReplySwallower(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
        Thread.startVirtualThread(proxy::accept);
        return proxy;
    }

    int port() {
        return listening.getLocalPort();
    }

    /** The next {@code count} replies never arrive. */
    void swallowNext(int count) {
        toSwallow.set(count);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                Thread.startVirtualThread(() -> pump(client, server, false));
                Thread.startVirtualThread(() -> pump(server, client, true));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void pump(Socket from, Socket to, boolean replies) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream source = from.getInputStream();
            OutputStream sink = to.getOutputStream();
            for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
                // "100 Continue" only asks for the body: the request is not through yet.
                boolean reply = replies
                        && !new String(buffer, 0, Math.min(read, 12), StandardCharsets.ISO_8859_1)
                                .equals("HTTP/1.1 100");
                if (reply && toSwallow.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    return;
                }
                sink.write(buffer, 0, read);
            }
        } catch (IOException _) {
            // The other side hung up.
        }
    }
}
