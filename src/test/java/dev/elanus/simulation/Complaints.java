package dev.elanus.simulation;

import dev.elanus.error.Corrupt;
import dev.elanus.error.NotFound;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What background work reports in the log and no client is told: failures that nobody expected. Listens to the whole process. */
final class Complaints extends Handler implements AutoCloseable {
    private final List<String> heard = new ArrayList<>();
    private final Logger logger = Logger.getLogger("dev.elanus");

    private Complaints() {}

    static Complaints listen() {
        Complaints complaints = new Complaints();
        complaints.logger.setUseParentHandlers(false);
        complaints.logger.addHandler(complaints);
        return complaints;
    }

    List<String> heard() {
        return heard;
    }

    @Override
    public synchronized void publish(LogRecord line) {
        Throwable thrown = line.getThrown();
        boolean isBug = line.getLevel().intValue() >= Level.SEVERE.intValue()
                || thrown instanceof Corrupt
                || thrown instanceof NotFound missing && missing.kind() == NotFound.Kind.OBJECT;
        if (isBug && !(thrown instanceof Scheduler.Unwound)) {
            heard.add("logged: " + line.getMessage() + (thrown == null ? "" : ": " + Stories.of(thrown)));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
