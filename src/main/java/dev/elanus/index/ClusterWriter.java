package dev.elanus.index;

import dev.elanus.column.Column;
import dev.elanus.vector.HalfByteCodes;
import dev.elanus.vector.RowSource;
import java.lang.foreign.MemorySegment;

/** Writes a cluster index, whose bytes {@link ClusterHead} describes. */
final class ClusterWriter {
    private static final int ALIGNMENT = 64;

    private final VectorIndexSpec spec;
    private final RowSource rows;
    private final Column keys;
    private final Clusters clusters;
    private final RowCodes codes;
    private final Writer out;

    ClusterWriter(
            VectorIndexSpec spec, RowSource rows, Column keys, Clusters clusters, RowCodes codes, IndexOutput out) {
        this.spec = spec;
        this.rows = rows;
        this.keys = keys;
        this.clusters = clusters;
        this.codes = codes;
        this.out = new Writer(out);
    }

    /**
     * @param probes clusters that a search reads unless it says otherwise, or 0
     * @param reach which ones it reads if that is 0
     */
    IndexExtent write(int probes, Reach reach, Progress progress) {
        long[] offsets = new long[clusters.count() + 1];
        int[] keyBytes = new int[clusters.count() + 1];
        for (int cluster = 0; cluster < clusters.count(); cluster++) {
            offsets[cluster] = out.position();
            keyBytes[cluster] = writeBlock(clusters.starts()[cluster], clusters.starts()[cluster + 1]);
            progress.at(0.9 + 0.1 * cluster / clusters.count());
        }
        offsets[clusters.count()] = out.position();
        out.align(ALIGNMENT);
        long headOffset = out.position();
        writeHeader(probes, reach);
        out.put(clusters.centroids());
        for (int cluster = 0; cluster <= clusters.count(); cluster++) {
            out.putLong(offsets[cluster]);
            out.putInt(clusters.starts()[cluster]);
            out.putInt(keyBytes[cluster]);
        }
        codes.writeQuantizer(out);
        out.flush();
        progress.at(1);
        return new IndexExtent(headOffset, out.position());
    }

    /** Writes the rows from {@code from} to before {@code end} in the clusters' order. @return bytes of their keys */
    private int writeBlock(int from, int end) {
        for (int i = from; i < end; i++) {
            out.putInt(clusters.rows()[i]);
        }
        KeyBytes.write(keys, clusters.rows(), from, end, out);
        float[] row = new float[rows.dimension()];
        if (codes instanceof RowCodes.Sketched sketched) {
            writeHalfBytes(sketched.sketches(), from, end);
        }
        if (codes instanceof RowCodes.HalfBytes halves) {
            writeHalfBytes(halves, from, end);
        } else {
            for (int i = from; i < end && codes.kind().hasCodes(); i++) {
                rows.read(clusters.rows()[i], row);
                out.put(codes.code(clusters.rows()[i], row));
            }
        }
        for (int i = from; i < end && codes.kind().isRefined(); i++) {
            rows.read(clusters.rows()[i], row);
            out.put(codes.refinement(row));
        }
        if (codes.kind().hasVectors()) {
            for (int i = from; i < end; i++) {
                rows.read(clusters.rows()[i], row);
                out.put(row);
            }
        }
        return Math.toIntExact(KeyBytes.size(keys, clusters.rows(), from, end));
    }

    private void writeHalfBytes(RowCodes.HalfBytes halves, int from, int end) {
        MemorySegment block = Column.allocate(
                HalfByteCodes.bytes(end - from, halves.quantizer().pieces()));
        float[] row = new float[rows.dimension()];
        for (int i = from; i < end; i++) {
            rows.read(clusters.rows()[i], row);
            halves.code(row, i - from, block);
        }
        out.put(block);
    }

    private void writeHeader(int probes, Reach reach) {
        long directory = ClusterHead.HEADER_BYTES + clusters.centroids().byteSize();
        out.putInt(ClusterHead.MAGIC);
        out.putInt(ClusterHead.VERSION);
        out.putInt(Heads.number(spec.metric()));
        out.putInt(rows.dimension());
        out.putInt(rows.rowCount());
        out.putInt(clusters.count());
        out.putInt(codes.kind().ordinal() + 1);
        out.putInt(Heads.number(keys.type()));
        out.putInt(probes);
        out.putFloat(reach.usual());
        out.putLong(ClusterHead.HEADER_BYTES);
        out.putLong(directory);
        out.putLong(directory + (clusters.count() + 1L) * ClusterHead.ENTRY_BYTES);
        out.put(new float[] {reach.ofOne(), reach.ofTen(), reach.ofHundred(), reach.ofThousand()});
    }
}
