package dev.elanus.storage;

/** Caps the extra load that hedges cause: every request earns a part of one, and a few may be saved up. Safe for use from many threads. */
final class HedgeAllowance {
    private static final double EARNED = 0.05;
    private static final double MOST = 10;
    /** A process that has just started has earned nothing, and its first requests are those that somebody waits for. */
    private double saved = 4;

    synchronized void earn() {
        saved = Math.min(MOST, saved + EARNED);
    }

    /** @return whether a hedge may be sent */
    synchronized boolean take() {
        if (saved < 1) {
            return false;
        }
        saved--;
        return true;
    }
}
