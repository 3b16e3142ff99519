package dev.elanus.search;

import dev.elanus.log.View;
import dev.elanus.schema.ConsistencyLevel;
import java.time.Duration;

/**
 * What each consistency level promises, as the age of a view that still serves it. {@code Strong} always looks. {@code Session} and
 * {@code Customized} look if the view does not reach the timestamp that the client names; since clients name their last write with every
 * level, the others do so too. {@code Bounded} looks if the view is too old, {@code Eventually} only if its objects may be
 * gone.
 *
 * @param bound the age up to which {@code Bounded} is content
 */
record Freshness(Duration bound) {
    /** Smaller guarantee timestamps are codes of old clients, not times. */
    private static final long FIRST_TIMESTAMP = 1_000;

    /** Older views may name objects that are garbage by now. */
    private static final Duration OLDEST = Duration.ofMinutes(10);

    boolean mustLook(View view, ReadPoint point, long nowNanos) {
        boolean behind = point.guaranteeTimestamp() > FIRST_TIMESTAMP && point.guaranteeTimestamp() > view.timestamp();
        return behind
                || switch (level(view, point)) {
                    case STRONG -> true;
                    case BOUNDED, SESSION -> nowNanos - view.lookedAtNanos() > bound.toNanos();
                    case EVENTUALLY, CUSTOMIZED -> nowNanos - view.lookedAtNanos() > OLDEST.toNanos();
                };
    }

    /** Whether a view of a certain age serves the read. */
    boolean isBounded(View view, ReadPoint point) {
        return switch (level(view, point)) {
            case BOUNDED, SESSION -> true;
            case STRONG, EVENTUALLY, CUSTOMIZED -> false;
        };
    }

    private static ConsistencyLevel level(View view, ReadPoint point) {
        return point.level() == null ? view.manifest().collection().consistencyLevel() : point.level();
    }
}
