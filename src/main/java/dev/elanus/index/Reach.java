package dev.elanus.index;

import dev.elanus.vector.Metric;

/**
 * Which clusters a search reads unless it says otherwise: those whose centroids are farther than the nearest one by no more than a reach, counted in
 * {@link Geometry#inner} distances. A query between many clusters so reads more of them than one in the midst of its own.
 *
 * <p>Rows lie on all sides of their centroid, and their distances from a query differ from the centroid's the more the farther away it is, inner products the
 * more the longer the query is. So under L2 a reach is widened for queries that are farther than usual, and under IP it is that of queries of length 1.
 *
 * @param usual the squared distance to the nearest centroid that one row in ten exceeds; of no use under IP
 * @param ofOne the reach that finds the nearest row
 * @param ofTen that of the ten nearest rows
 * @param ofHundred that of the hundred nearest
 * @param ofThousand that of the thousand nearest
 */
record Reach(float usual, float ofOne, float ofTen, float ofHundred, float ofThousand) {
    static final Reach NONE = new Reach(0, 0, 0, 0, 0);
    static final int MOST_ROWS = 1000;

    /**
     * The reach of a query.
     *
     * @param metric L2 or IP
     * @param nearest the query's distance to the nearest centroid
     * @param rows how many of the nearest are to be found
     */
    float of(Metric metric, float[] query, float nearest, double rows) {
        boolean isFar = metric == Metric.L2 && nearest > usual && usual > 0;
        return of(rows) * (isFar ? (float) Math.sqrt(nearest / usual) : unit(metric, query));
    }

    /** Between those that are known, it grows with the logarithm of the number of rows. */
    private float of(double rows) {
        double decades = Math.log10(Math.clamp(rows, 1, MOST_ROWS));
        if (decades <= 1) {
            return between(ofOne, ofTen, decades);
        }
        return decades <= 2 ? between(ofTen, ofHundred, decades - 1) : between(ofHundred, ofThousand, decades - 2);
    }

    private static float between(float low, float high, double share) {
        return (float) (low + share * (high - low));
    }

    /** The difference of distances that counts as 1: under IP the query's length. */
    static float unit(Metric metric, float[] query) {
        if (metric != Metric.IP) {
            return 1;
        }
        double sum = 0;
        for (float component : query) {
            sum += (double) component * component;
        }
        return Math.max((float) Math.sqrt(sum), Float.MIN_NORMAL);
    }
}
