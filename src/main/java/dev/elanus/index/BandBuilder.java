package dev.elanus.index;

import dev.elanus.column.Column;
import dev.elanus.column.VectorColumn;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Builds MINHASH_LSH: each signature is cut into bands, and rows that have a band in common are candidates for one another (Leskovec, Rajaraman,
 * Ullman 2014, section 3.4). Takes 8 bytes of memory for each row.
 */
final class BandBuilder {
    private final VectorIndexSpec spec;
    private final VectorColumn vectors;
    private final Column keys;
    private final Writer out;

    BandBuilder(VectorIndexSpec spec, VectorColumn vectors, Column keys, IndexOutput out) {
        this.spec = spec;
        this.vectors = vectors;
        this.keys = keys;
        this.out = new Writer(out);
    }

    IndexExtent build(Progress progress) {
        int elementBytes = spec.param(VectorIndexRules.ELEMENT_BITS, VectorIndexRules.DEFAULT_ELEMENT_BITS) / Byte.SIZE;
        int width = spec.type().vectorBytes(spec.dimension());
        Bands cut = Bands.of(spec.param(VectorIndexRules.BANDS, 1), width, elementBytes);
        int bands = cut.count();
        int bandBytes = cut.bytes();
        int[] rows = IntStream.range(0, vectors.rowCount())
                .filter(row -> !vectors.isNull(row))
                .toArray();
        int blocks = Math.ceilDiv(rows.length, BandHead.BLOCK_ENTRIES);
        long[] fences = new long[bands * blocks];
        for (int band = 0; band < bands; band++) {
            long[] entries = entries(rows, width, band * bandBytes, bandBytes);
            for (int i = 0; i < entries.length; i++) {
                if (i % BandHead.BLOCK_ENTRIES == 0) {
                    fences[band * blocks + i / BandHead.BLOCK_ENTRIES] = entries[i];
                }
                out.putLong(entries[i]);
            }
            progress.at(0.9 * (band + 1) / bands);
        }
        long signaturesAt = out.position();
        out.put(vectors.values().asSlice(0, (long) vectors.rowCount() * width));
        long keysAt = out.position();
        int[] all = IntStream.range(0, keys.rowCount()).toArray();
        KeyBytes.write(keys, all, 0, all.length, out);
        out.align(BandHead.ALIGNMENT);
        long headOffset = out.position();
        out.putInt(BandHead.MAGIC);
        out.putInt(BandHead.VERSION);
        out.putInt(Heads.number(spec.metric()));
        out.putInt(spec.dimension());
        out.putInt(vectors.rowCount());
        out.putInt(rows.length);
        out.putInt(bands);
        out.putInt(bandBytes);
        out.putInt(elementBytes);
        out.putInt(Heads.number(keys.type()));
        out.putLong(signaturesAt);
        out.putLong(keysAt);
        out.putLong(0);
        for (long fence : fences) {
            out.putLong(fence);
        }
        out.flush();
        progress.at(1);
        return new IndexExtent(headOffset, out.position());
    }

    private long[] entries(int[] rows, int width, int from, int length) {
        long[] entries = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int hash = BandHead.hash(vectors.values(), (long) rows[i] * width + from, length);
            entries[i] = BandHead.entry(hash, rows[i]);
        }
        Arrays.sort(entries);
        return entries;
    }
}
