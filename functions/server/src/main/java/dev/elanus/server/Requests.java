package dev.elanus.server;

import dev.elanus.error.DatabaseException;
import dev.elanus.host.Host;
import dev.elanus.search.RequestCost;
import dev.elanus.wire.RestFailure;
import dev.elanus.wire.Statuses;
import dev.elanus.wire.WireCode;
import io.milvus.grpc.Status;
import jakarta.inject.Singleton;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Answers requests of both protocols: measures them, logs one line each, and lets no failure out but as a status. */
@Singleton
class Requests {
    private static final Logger LOG = Logger.getLogger("elanus.request");
    private final Host host;
    private final Metrics metrics;

    Requests(Host host, Metrics metrics) {
        this.host = host;
        this.metrics = metrics;
    }

    /**
     * The answer that {@code work} gives, or the refusal where it fails.
     *
     * @param work runs on the calling thread, which may wait
     */
    <T> T answer(Call call, Supplier<T> work, Function<Status, T> refuse) {
        long start = host.nanoTime();
        Status status = Statuses.success();
        T answer;
        try {
            answer = work.get();
        } catch (DatabaseException failure) {
            status = Statuses.of(failure);
            if (WireCode.of(failure).isOurs()) {
                LOG.errorf(failure, "%s failed", call.function());
            }
            answer = refuse.apply(status);
        } catch (RestFailure failure) {
            status = Statuses.of(failure.code(), Statuses.message(failure));
            answer = refuse.apply(status);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
            status = Statuses.of(WireCode.UNEXPECTED, "unexpected error: " + Statuses.message(failure));
            LOG.errorf(failure, "%s failed unexpectedly", call.function());
            answer = refuse.apply(status);
        }
        long nanos = host.nanoTime() - start;
        metrics.count(call, status, nanos);
        log(call, status, nanos);
        return answer;
    }

    private static void log(Call call, Status status, long nanos) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        StringBuilder line = new StringBuilder("protocol=").append(call.protocol());
        line.append(" call=").append(call.function());
        if (call.collection() != null) {
            line.append(" collection=").append(call.collection().name());
        }
        line.append(" code=").append(status.getCode());
        line.append(" micros=").append(nanos / 1000);
        line.append(" rows=").append(call.rows());
        append(line, call.cost());
        if (status.getCode() != 0) {
            line.append(" reason=\"")
                    .append(status.getReason().replace('"', '\'').replace('\n', ' '))
                    .append('"');
        }
        LOG.info(line);
    }

    private static void append(StringBuilder line, @Nullable RequestCost cost) {
        if (cost != null) {
            line.append(" waves=").append(cost.waves());
            line.append(" gets=").append(cost.gets());
            line.append(" bytes=").append(cost.bytesRead());
            line.append(" scanned=").append(cost.rowsScanned());
            line.append(" segments=").append(cost.segmentsSearched());
            line.append(" pruned=").append(cost.segmentsPruned());
        }
    }
}
