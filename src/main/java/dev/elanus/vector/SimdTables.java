package dev.elanus.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The kernels of {@link SimdKernels} that look things up in tables, and look through them. */
final class SimdTables {
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_PREFERRED;
    private static final ByteOrder LE = ByteOrder.LITTLE_ENDIAN;

    private SimdTables() {}

    static void halfByteSums(byte[] tables, int pairs, MemorySegment codes, long offset, short[] sums) {
        for (int part = 0; part < Kernels.GROUP; part += BYTES.length()) {
            ShortVector all = ShortVector.zero(SHORTS);
            ShortVector odd = ShortVector.zero(SHORTS);
            for (int pair = 0; pair < pairs; pair++) {
                ByteVector both =
                        ByteVector.fromMemorySegment(BYTES, codes, offset + (long) pair * Kernels.GROUP + part, LE);
                ByteVector high = both.reinterpretAsShorts()
                        .lanewise(VectorOperators.LSHR, 4)
                        .reinterpretAsBytes()
                        .and((byte) 15);
                ShortVector a = both.and((byte) 15)
                        .selectFrom(ByteVector.fromArray(BYTES, tables, 2 * pair * Kernels.GROUP))
                        .reinterpretAsShorts();
                ShortVector b = high.selectFrom(ByteVector.fromArray(BYTES, tables, (2 * pair + 1) * Kernels.GROUP))
                        .reinterpretAsShorts();
                // Entries of odd bytes are counted 256 times among all, and once by themselves.
                all = all.add(a).add(b);
                odd = odd.add(a.lanewise(VectorOperators.LSHR, 8)).add(b.lanewise(VectorOperators.LSHR, 8));
            }
            odd.intoArray(sums, Kernels.GROUP / 2 + part / 2);
            all.sub(odd.lanewise(VectorOperators.LSHL, 8)).intoArray(sums, part / 2);
        }
    }

    static long sumsAtMost(short[] sums, int most) {
        long bits = 0;
        for (int part = 0; part < Kernels.GROUP; part += SHORTS.length()) {
            ShortVector some = ShortVector.fromArray(SHORTS, sums, part);
            bits |= some.compare(VectorOperators.ULE, (short) most).toLong() << part;
        }
        return bits;
    }

    static int least(float[] values, int count) {
        int end = LANES.loopBound(count);
        FloatVector lanes = FloatVector.broadcast(LANES, Float.POSITIVE_INFINITY);
        for (int i = 0; i < end; i += LANES.length()) {
            lanes = lanes.min(FloatVector.fromArray(LANES, values, i));
        }
        float least = lanes.reduceLanes(VectorOperators.MIN);
        for (int i = end; i < count; i++) {
            least = Math.min(least, values[i]);
        }
        for (int i = 0; i < end; i += LANES.length()) {
            VectorMask<Float> equal = FloatVector.fromArray(LANES, values, i).eq(least);
            if (equal.anyTrue()) {
                return i + equal.firstTrue();
            }
        }
        int at = end;
        while (at < count - 1 && values[at] != least) {
            at++;
        }
        return at;
    }
}
