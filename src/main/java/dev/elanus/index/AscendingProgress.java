package dev.elanus.index;

/**
 * Passes on only what is more than before, since threads that work side by side may tell of their progress out of
 * order.
 */
final class AscendingProgress implements Progress {
    private final Progress listener;
    private double most;

    AscendingProgress(Progress listener) {
        this.listener = listener;
    }

    @Override
    public synchronized void at(double fraction) {
        if (fraction > most) {
            most = fraction;
            listener.at(fraction);
        }
    }
}
