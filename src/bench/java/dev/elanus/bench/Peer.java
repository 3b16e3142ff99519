package dev.elanus.bench;

import java.io.IOException;

/** Another library that searches the same vectors by L2 on one thread. */
interface Peer extends AutoCloseable {
    String name();

    /** Core-seconds that the build took, on two threads. */
    double buildSeconds();

    /**
     * Asks for the ten nearest of every query.
     *
     * @param parameter what the library trades recall by: candidates kept, or clusters read
     */
    Curve.Point search(int parameter) throws IOException;

    @Override
    void close() throws IOException;
}
