package dev.elanus.vector;

import dev.elanus.column.RowSet;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * One query vector against rows of {@link HalfByteCodes}: quickly by tables of bytes, which are a little coarser than the codes, and as exactly as
 * the codes are. Distances, of which smaller is nearer. Used by one thread at a time.
 */
public final class HalfByteScores {
    private static final int ENTRIES = ProductQuantizer.OF_HALF_BYTES;
    private static final int MOST = 255;
    private static final int MOST_SUM = 65_535;

    private final Kernels kernels;
    private final int pieces;
    private final int pairs;
    /** Of each piece and code, what it adds to the distance. */
    private final float[] exact;

    /** The same in bytes: {@code base + step · sum} is about the distance. */
    private final byte[] tables;

    private final float base;
    private final float step;
    private final short[] sums = new short[Kernels.GROUP];

    /** @param quantizer with {@value ProductQuantizer#OF_HALF_BYTES} columns */
    public HalfByteScores(Kernels kernels, ProductQuantizer quantizer, Metric metric, float[] query) {
        assert quantizer.columns() == ENTRIES;
        this.kernels = kernels;
        pieces = quantizer.pieces();
        pairs = HalfByteCodes.pairs(pieces);
        exact = quantizer.tableFor(kernels, metric, query);
        float[] lowest = new float[pieces];
        float widest = 0;
        float all = 0;
        float sum = 0;
        for (int piece = 0; piece < pieces; piece++) {
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            for (int i = piece * ENTRIES; i < (piece + 1) * ENTRIES; i++) {
                low = Math.min(low, exact[i]);
                high = Math.max(high, exact[i]);
            }
            lowest[piece] = low;
            sum += low;
            widest = Math.max(widest, high - low);
            all += high - low;
        }
        base = sum;
        // Every entry fits a byte, and every sum of entries, each rounded up at most by one, fits two.
        step = Math.max(Math.max(widest / MOST, all / (MOST_SUM - pieces)), Float.MIN_NORMAL);
        float perUnit = 1 / step;
        tables = new byte[2 * pairs * Kernels.GROUP];
        for (int piece = 0; piece < pieces; piece++) {
            int at = piece * Kernels.GROUP;
            for (int i = 0; i < ENTRIES; i++) {
                float above = exact[piece * ENTRIES + i] - lowest[piece];
                tables[at + i] = (byte) Math.min(MOST, (int) (above * perUnit + 0.5f));
            }
            for (int copy = at + ENTRIES; copy < at + Kernels.GROUP; copy += ENTRIES) {
                System.arraycopy(tables, at, tables, copy, ENTRIES);
            }
        }
    }

    /**
     * Offers rows by about their distances.
     *
     * @param count how many rows, whose codes start at {@code start}
     * @param allowed those that are offered, null for all
     * @param first the number under which the first row is offered; the others follow
     * @return how many were offered
     */
    public int offer(MemorySegment codes, long start, int count, @Nullable RowSet allowed, TopK top, int first) {
        int most = mostOf(top);
        int offered = 0;
        for (int from = 0; from < count; from += Kernels.GROUP) {
            int rows = Math.min(Kernels.GROUP, count - from);
            long bits = allowed == null ? -1L >>> Kernels.GROUP - rows : allowed.bitsFrom(from);
            if (bits == 0) {
                continue;
            }
            kernels.halfByteSums(
                    tables, pairs, codes, start + from / Kernels.GROUP * HalfByteCodes.groupBytes(pieces), sums);
            offered += Long.bitCount(bits);
            for (long near = bits & kernels.sumsAtMost(sums, most); near != 0; near &= near - 1) {
                int i = Long.numberOfTrailingZeros(near);
                int sum = sums[i] & MOST_SUM;
                if (sum <= most) {
                    top.offer(base + step * sum, first + from + i);
                    most = mostOf(top);
                }
            }
        }
        return offered;
    }

    /** A sum that no row exceeds which may still be kept. */
    private int mostOf(TopK top) {
        return (int) Math.min(MOST_SUM, (top.bound() - base) / step + 1);
    }

    /**
     * About the distances of the rows at {@code places[0]} to {@code places[count - 1]} of those whose codes start at {@code start}.
     *
     * @param places ascending: rows of one group are compared at once
     */
    public void distances(MemorySegment codes, long start, int[] places, int count, float[] distances) {
        int group = -1;
        for (int i = 0; i < count; i++) {
            if (places[i] / Kernels.GROUP != group) {
                group = places[i] / Kernels.GROUP;
                kernels.halfByteSums(tables, pairs, codes, start + group * HalfByteCodes.groupBytes(pieces), sums);
            }
            distances[i] = base + step * (sums[places[i] % Kernels.GROUP] & MOST_SUM);
        }
    }

    /** One row's distance, as exactly as its codes tell. */
    public float distance(MemorySegment codes, long start, int place) {
        float sum = 0;
        for (int piece = 0; piece < pieces; piece++) {
            sum += exact[piece * ENTRIES + HalfByteCodes.read(codes, start, place, piece, pieces)];
        }
        return sum;
    }
}
