package dev.elanus.vector;

/**
 * What BM25 must know of rows.
 *
 * @param rows all of them
 * @param length the sum of all values: the tokens of all texts
 * @param having of each term of a query, the rows that have it
 */
public record TermStatistics(long rows, double length, long[] having) {
    /** Of the rows of both. */
    public TermStatistics plus(TermStatistics other) {
        long[] sum = having.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += other.having[i];
        }
        return new TermStatistics(rows + other.rows, length + other.length, sum);
    }

    /** Of some of the terms. @param all those of these statistics; both ascend as uint32 */
    public TermStatistics of(int[] all, int[] some) {
        long[] ofSome = new long[some.length];
        int at = 0;
        for (int i = 0; i < some.length; i++) {
            while (all[at] != some[i]) {
                at++;
            }
            ofSome[i] = having[at];
        }
        return new TermStatistics(rows, length, ofSome);
    }

    /** Tokens of a text. */
    public double averageLength() {
        return rows == 0 ? 0 : length / rows;
    }
}
