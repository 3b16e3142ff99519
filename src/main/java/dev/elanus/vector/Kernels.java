package dev.elanus.vector;

import java.lang.foreign.MemorySegment;

/**
 * The arithmetic of comparing vectors. Rows lie in native or mapped memory (in the heap they are compared slowly),
 * little-endian, at any alignment, without gaps; the query is an array, since one query meets many rows. {@link
 * ScalarKernels} defines every result; another implementation may add in another order and so differ by rounding, at
 * most {@code dimension · 2⁻²³} times the sum of the absolute terms (Higham 2002, §3.1).
 *
 * <p>Methods that take {@code numbers} visit row {@code numbers[i]}, which starts at {@code start + numbers[i] ·
 * rowBytes}, for {@code 0 ≤ i < count}, and put its result at {@code results[i]}. Several rows share each load of the
 * query that way.
 *
 * <p>An int8 code {@code c} of dimension i stands for {@code base[i] + steps[i] · c}, see {@link Int8Quantizer}. The
 * query stays float32: that costs no more time than int8 against int8 and no precision.
 *
 * <p>Implementations have no state and are safe for use from many threads.
 */
public interface Kernels {
    /** A few words for logs, for example {@code scalar}. */
    String name();

    /** {@code Σ (query[i] − row[i])²} of the float32 row at {@code offset}. */
    float squaredDistance(float[] query, MemorySegment rows, long offset);

    /** {@code Σ query[i] · row[i]} of the float32 row at {@code offset}. */
    float innerProduct(float[] query, MemorySegment rows, long offset);

    /** {@code Σ row[i]²} of the float32 row of {@code dimension} components at {@code offset}. */
    float squaredNorm(MemorySegment rows, long offset, int dimension);

    /** {@link #squaredDistance} of several rows. */
    void squaredDistances(float[] query, MemorySegment rows, long start, int[] numbers, int count, float[] results);

    /** {@link #innerProduct} of several rows. */
    void innerProducts(float[] query, MemorySegment rows, long start, int[] numbers, int count, float[] results);

    /**
     * {@code Σ (shifts[i] + steps[i] · codes[i])²}: the squared distance of a query from the row of int8 codes at
     * {@code offset}, where {@code shifts} is base minus query.
     */
    float codeSquaredDistance(float[] shifts, float[] steps, MemorySegment codes, long offset);

    /** {@code Σ weights[i] · codes[i]} of the row of int8 codes at {@code offset}. */
    float codeInnerProduct(float[] weights, MemorySegment codes, long offset);

    /** {@link #codeSquaredDistance} of several rows. */
    void codeSquaredDistances(
            float[] shifts, float[] steps, MemorySegment codes, long start, int[] numbers, int count, float[] results);

    /** {@link #codeInnerProduct} of several rows. */
    void codeInnerProducts(float[] weights, MemorySegment codes, long start, int[] numbers, int count, float[] results);

    /**
     * {@code Σ (steps[i] · (a[i] − b[i]))²} for the codes a of the row at {@code offset} and the codes b of each of
     * several rows: their squared distances from that row.
     */
    void codePairSquaredDistances(
            float[] steps, MemorySegment codes, long offset, long start, int[] numbers, int count, float[] results);

    /**
     * Squared distances of a short vector, {@code length} components of {@code point} from {@code from} on, from short
     * vectors that stand as the columns of a table: component i of column c is the float32 at
     * {@code start + 4 · (i · columns + c)}.
     *
     * @param columns a multiple of 16
     * @param results receives the results from {@code at} on
     */
    void columnSquaredDistances(
            float[] point, int from, int length, MemorySegment table, long start, int columns, float[] results, int at);

    /** Inner products of the same operands. */
    void columnInnerProducts(
            float[] point, int from, int length, MemorySegment table, long start, int columns, float[] results, int at);

    /** Rows whose half-byte codes {@link #halfByteSums} adds up at once. */
    int GROUP = 64;

    /**
     * Looks the half-byte codes of {@value #GROUP} rows up in tables, and adds up what it finds for each row (André, Kermarrec,
     * Le Scouarnec 2015).
     *
     * @param tables of each piece the 16 entries, unsigned bytes, four times; two pieces a pair
     * @param pairs of pieces
     * @param codes the group's codes at {@code offset}, {@value #GROUP} bytes a pair: those of row r of the first half
     *     stand in byte 2r, those of row 32 + r in byte 2r + 1; the pair's first piece in the low half of a byte
     * @param sums receives the sums of rows 0 to 63, modulo 65,536
     */
    void halfByteSums(byte[] tables, int pairs, MemorySegment codes, long offset, short[] sums);

    /** The place of the least of the first {@code count} values, at least one and none NaN; the lowest where several are. */
    int least(float[] values, int count);

    /** Which of {@value #GROUP} sums, 0 to 65,535 each, are at most some number: a bit each, the lowest for the first. */
    long sumsAtMost(short[] sums, int most);
}
