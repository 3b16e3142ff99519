package dev.elanus.vector;

import dev.elanus.column.Column;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/**
 * Rows of float32 vectors that are read one at a time, because all of them may be more than memory holds. Safe for
 * use from many threads.
 */
public interface RowSource {
    int rowCount();

    int dimension();

    /** Copies one row into an array of {@link #dimension} components. */
    void read(int row, float[] into);

    /** Some of the rows, under numbers of their own. @param numbers of those in this source */
    default RowSource select(int[] numbers) {
        RowSource all = this;
        return new RowSource() {
            @Override
            public int rowCount() {
                return numbers.length;
            }

            @Override
            public int dimension() {
                return all.dimension();
            }

            @Override
            public void read(int row, float[] into) {
                all.read(numbers[row], into);
            }
        };
    }

    /**
     * Copies rows that are spread evenly, each picked by chance from its own stretch, in ascending order.
     *
     * @param count how many, at most all
     * @return {@code count · dimension} float32, little-endian
     */
    default MemorySegment sample(int count, SplittableRandom random) {
        int dimension = dimension();
        MemorySegment sample = Column.allocate((long) count * dimension * Float.BYTES);
        float[] row = new float[dimension];
        for (int i = 0; i < count; i++) {
            long first = (long) i * rowCount() / count;
            long end = (i + 1L) * rowCount() / count;
            read((int) random.nextLong(first, end), row);
            MemorySegment.copy(row, 0, sample, Column.FLOAT_LE, (long) i * dimension * Float.BYTES, dimension);
        }
        return sample;
    }
}
