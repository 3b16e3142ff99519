package dev.elanus.simulation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Decides what happens to requests, as a seed says; counts what happened. */
final class Weather {
    private static final long TYPICAL_NANOS = 12_000_000;
    private static final long SLOW_NANOS = 60_000_000_000L;
    private static final long LATE_NANOS = 600_000_000_000L;

    private final SplittableRandom random;
    private final Set<Fault> possible;
    private final double rate;
    private final Scheduler scheduler;
    private final Map<Fault, Integer> met = new EnumMap<>(Fault.class);
    private long outUntilNanos;
    private boolean outLosesReplies;
    private int outages;
    private boolean calm;

    /** @param rate how often each possible fault happens, 0 to 1 */
    Weather(Scheduler scheduler, SplittableRandom random, Set<Fault> possible, double rate) {
        this.scheduler = scheduler;
        this.random = random;
        this.possible = EnumSet.noneOf(Fault.class);
        this.possible.addAll(possible);
        this.rate = rate;
    }

    boolean meets(Fault fault) {
        if (calm || !possible.contains(fault) || random.nextDouble() >= rate) {
            return false;
        }
        met.merge(fault, 1, Integer::sum);
        return true;
    }

    /** Nobody reaches the store for a while. */
    void goOut(long nanos, boolean losesReplies) {
        outUntilNanos = scheduler.nowNanos() + nanos;
        outLosesReplies = losesReplies;
        outages++;
    }

    boolean isOut() {
        return scheduler.nowNanos() < outUntilNanos && !(outLosesReplies && random.nextBoolean());
    }

    boolean losesReply() {
        return outLosesReplies && scheduler.nowNanos() < outUntilNanos;
    }

    /** From now on the store behaves. */
    void calm() {
        calm = true;
        outUntilNanos = 0;
    }

    /** How long one way of a request takes. */
    long latencyNanos() {
        if (meets(Fault.SLOW)) {
            return random.nextLong(SLOW_NANOS);
        }
        return TYPICAL_NANOS / 4 + (long) (-Math.log(1 - random.nextDouble()) * TYPICAL_NANOS / 2);
    }

    long lateNanos() {
        return random.nextLong(LATE_NANOS);
    }

    SplittableRandom random() {
        return random;
    }

    Map<Fault, Integer> met() {
        return met;
    }

    int outages() {
        return outages;
    }
}
