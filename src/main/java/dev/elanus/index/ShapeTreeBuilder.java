package dev.elanus.index;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Geometries;
import java.util.Arrays;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.shape.fractal.HilbertCode;

/**
 * Builds an index over shapes, whose bytes {@link ShapeTreeHead} describes. Empty shapes are left out, since no test of the place of others finds
 * them. Takes some fifty bytes of memory a row.
 */
final class ShapeTreeBuilder {
    /** Of the curve: 2^16 steps a side, as fine as 32 bits allow. */
    private static final int CURVE_LEVEL = 16;

    private static final long STEPS = (1L << CURVE_LEVEL) - 1;

    private final Writer out;

    ShapeTreeBuilder(IndexOutput out) {
        this.out = new Writer(out);
    }

    IndexExtent build(BytesColumn shapes, Progress progress) {
        double[] boxes = new double[4 * shapes.rowCount()];
        int[] rows = new int[shapes.rowCount()];
        Envelope all = new Envelope();
        int count = 0;
        for (int row = 0; row < shapes.rowCount(); row++) {
            Geometry shape = shapes.isNull(row) ? null : Geometries.read(shapes.bytesAt(row));
            if (shape != null && !shape.isEmpty()) {
                Envelope box = shape.getEnvelopeInternal();
                all.expandToInclude(box);
                put(boxes, count, box);
                rows[count++] = row;
            }
        }
        progress.at(0.5);
        int[] order = order(boxes, count, all);
        writeHeader(shapes.rowCount(), count);
        for (int shape : order) {
            out.putInt(rows[shape]);
        }
        out.align(Long.BYTES);
        writeLevels(boxes, order);
        out.flush();
        progress.at(1);
        return new IndexExtent(0, out.position());
    }

    /** Along a Hilbert curve by the middles of their boxes. */
    private static int[] order(double[] boxes, int count, Envelope all) {
        long[] places = new long[count];
        for (int i = 0; i < count; i++) {
            int x = step((boxes[4 * i] + boxes[4 * i + 2]) / 2, all.getMinX(), all.getWidth());
            int y = step((boxes[4 * i + 1] + boxes[4 * i + 3]) / 2, all.getMinY(), all.getHeight());
            places[i] = Integer.toUnsignedLong(HilbertCode.encode(CURVE_LEVEL, x, y)) << Integer.SIZE | i;
        }
        Arrays.sort(places);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = (int) places[i];
        }
        return order;
    }

    private static int step(double value, double min, double width) {
        return width > 0 ? (int) Math.clamp(Math.round((value - min) / width * STEPS), 0, STEPS) : 0;
    }

    private void writeHeader(int rowCount, int shapes) {
        long rowsEnd = ShapeTreeHead.HEADER_BYTES + 4L * shapes;
        out.putInt(ShapeTreeHead.MAGIC);
        out.putInt(ShapeTreeHead.VERSION);
        out.putInt(rowCount);
        out.putInt(shapes);
        out.putLong(ShapeTreeHead.HEADER_BYTES);
        out.putLong((rowsEnd + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
        for (int i = 0; i < 4; i++) {
            out.putLong(0);
        }
    }

    private void writeLevels(double[] boxes, int[] order) {
        double[] level = new double[4 * order.length];
        for (int i = 0; i < order.length; i++) {
            System.arraycopy(boxes, 4 * order[i], level, 4 * i, 4);
        }
        write(level);
        while (level.length > 4) {
            level = above(level);
            write(level);
        }
    }

    private static double[] above(double[] level) {
        int count = level.length / 4;
        double[] boxes = new double[4 * ShapeTreeHead.above(count)];
        for (int box = 0; box < boxes.length / 4; box++) {
            Envelope enclosing = new Envelope();
            int end = Math.min(count, (box + 1) * ShapeTreeHead.FAN_OUT);
            for (int child = box * ShapeTreeHead.FAN_OUT; child < end; child++) {
                enclosing.expandToInclude(level[4 * child], level[4 * child + 1]);
                enclosing.expandToInclude(level[4 * child + 2], level[4 * child + 3]);
            }
            put(boxes, box, enclosing);
        }
        return boxes;
    }

    private static void put(double[] boxes, int place, Envelope box) {
        boxes[4 * place] = box.getMinX();
        boxes[4 * place + 1] = box.getMinY();
        boxes[4 * place + 2] = box.getMaxX();
        boxes[4 * place + 3] = box.getMaxY();
    }

    private void write(double[] values) {
        for (double value : values) {
            out.putLong(Double.doubleToRawLongBits(value));
        }
    }
}
