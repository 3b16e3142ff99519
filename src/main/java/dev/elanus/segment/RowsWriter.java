package dev.elanus.segment;

import dev.elanus.column.ByteRange;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.Validity;
import dev.elanus.column.VectorColumn;
import dev.elanus.index.IndexOutput;
import dev.elanus.schema.Field;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the body of a {@code rows} object: each field as one contiguous column, its parts aligned to 64 bytes so that a mapped file is a
 * kernel's input. Rows are copied through a buffer of fixed size, so that sources may be mapped files larger than memory.
 */
public final class RowsWriter {
    private static final int ALIGNMENT = 64;
    private static final int BUFFER_BYTES = 1 << 20;

    private final IndexOutput out;
    private final List<Columns> sources;
    private final RowOrder order;
    private final MemorySegment buffer = Column.allocate(BUFFER_BYTES);
    private int buffered;

    private RowsWriter(IndexOutput out, List<Columns> sources, RowOrder order) {
        this.out = out;
        this.sources = sources;
        this.order = order;
    }

    /**
     * Writes rows of several sources in one order.
     *
     * @param fields the columns to write; every source has them all
     */
    public static RowsLayout write(IndexOutput out, List<Field> fields, List<Columns> sources, RowOrder order) {
        RowsWriter writer = new RowsWriter(out, sources, order);
        List<ColumnExtent> extents = new ArrayList<>();
        for (Field field : fields) {
            extents.add(writer.writeColumn(field));
        }
        return new RowsLayout(order.rowCount(), extents);
    }

    private ColumnExtent writeColumn(Field field) {
        ByteRange validity = writeValidity(field);
        ByteRange offsets = field.rowWidth() == 0 ? writeOffsets(field) : null;
        long start = startPart();
        for (int i = 0; i < order.rowCount(); i++) {
            Column column = column(field, i);
            int row = order.rowAt(i);
            switch (column) {
                case FixedColumn fixed ->
                    append(
                            fixed.values(),
                            (long) row * fixed.type().width(),
                            fixed.type().width());
                case VectorColumn vectors -> append(vectors.vectorAt(row), 0, field.rowWidth());
                case BytesColumn bytes -> append(bytes.bytes(), bytes.startAt(row), bytes.lengthAt(row));
            }
        }
        return new ColumnExtent(field.id(), endPart(start), offsets, validity);
    }

    private @Nullable ByteRange writeValidity(Field field) {
        boolean[] valid = new boolean[order.rowCount()];
        for (int i = 0; i < valid.length; i++) {
            valid[i] = !column(field, i).isNull(order.rowAt(i));
        }
        Validity validity = Validity.of(valid);
        if (validity.bits() == null) {
            return null;
        }
        long start = startPart();
        out.write(validity.bits());
        return endPart(start);
    }

    private ByteRange writeOffsets(Field field) {
        long start = startPart();
        long end = 0;
        appendLong(end);
        for (int i = 0; i < order.rowCount(); i++) {
            end += ((BytesColumn) column(field, i)).lengthAt(order.rowAt(i));
            appendLong(end);
        }
        return endPart(start);
    }

    private Column column(Field field, int place) {
        return sources.get(order.sourceAt(place)).column(field.id());
    }

    private long startPart() {
        out.align(ALIGNMENT);
        return out.position();
    }

    private ByteRange endPart(long start) {
        flush();
        return new ByteRange(start, out.position() - start);
    }

    private void appendLong(long value) {
        if (buffered + Long.BYTES > BUFFER_BYTES) {
            flush();
        }
        buffer.set(Column.LONG_LE, buffered, value);
        buffered += Long.BYTES;
    }

    private void append(MemorySegment from, long offset, int length) {
        if (buffered + length > BUFFER_BYTES) {
            flush();
        }
        if (length > BUFFER_BYTES) {
            out.write(from.asSlice(offset, length));
            return;
        }
        MemorySegment.copy(from, offset, buffer, buffered, length);
        buffered += length;
    }

    private void flush() {
        out.write(buffer.asSlice(0, buffered));
        buffered = 0;
    }
}
