package dev.elanus.index;

import dev.elanus.vector.TopK;
import java.util.Arrays;

/** All clusters, those whose centroids are nearest first, brought into order only as far as they are asked for. Used by one thread at a time. */
final class ClusterOrder {
    /** Up to this share of all, the nearest are selected, which takes less time than to sort. */
    private static final int SELECTED_SHARE = 4;

    private final float[] distances;
    /** The nearest clusters in order, as many as were asked for so far or all. */
    private long[] nearest = {};

    /** @param distances of the centroids, not copied */
    ClusterOrder(float[] distances) {
        this.distances = distances;
    }

    int count() {
        return distances.length;
    }

    /** The nearest centroid's distance. */
    float least() {
        float least = Float.POSITIVE_INFINITY;
        for (float distance : distances) {
            least = Math.min(least, distance);
        }
        return least;
    }

    /** How many clusters are farther than the nearest by no more than a reach. */
    int within(float reach) {
        float least = least();
        int within = 0;
        for (float distance : distances) {
            within += distance <= least + reach ? 1 : 0;
        }
        return Math.max(1, within);
    }

    /** The clusters from one place in the order to before another. */
    int[] range(int from, int end) {
        if (nearest.length < end) {
            nearest = end <= count() / SELECTED_SHARE ? selected(end) : sorted();
        }
        int[] clusters = new int[end - from];
        Arrays.setAll(clusters, i -> TopK.rowOf(nearest[from + i]));
        return clusters;
    }

    private long[] selected(int end) {
        TopK top = new TopK(end);
        for (int cluster = 0; cluster < distances.length; cluster++) {
            top.offer(distances[cluster], cluster);
        }
        return top.sorted();
    }

    private long[] sorted() {
        long[] all = new long[distances.length];
        Arrays.setAll(all, cluster -> TopK.pack(distances[cluster], cluster));
        Arrays.sort(all);
        return all;
    }
}
