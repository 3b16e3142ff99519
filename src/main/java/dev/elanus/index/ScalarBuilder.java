package dev.elanus.index;

import static dev.elanus.column.Column.LONG_LE;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.Keys;
import dev.elanus.filter.IndexedValues;
import dev.elanus.filter.LookupTarget;
import dev.elanus.schema.DataType;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/**
 * Builds a scalar index, whose bytes {@link ScalarHead} describes: the different values in order, and the rows of each as a Roaring bitmap
 * (Lemire et al. 2018, "Roaring bitmaps: implementation of an optimized software library"). Takes some twenty bytes of memory a value.
 */
final class ScalarBuilder {
    private static final int ALIGNMENT = 64;

    private final LookupTarget.Kind kind;
    private final IndexedValues indexed;
    private final int rowCount;
    private final Writer out;

    ScalarBuilder(LookupTarget.Kind kind, IndexedValues indexed, int rowCount, IndexOutput out) {
        this.kind = kind;
        this.indexed = indexed;
        this.rowCount = rowCount;
        this.out = new Writer(out);
    }

    IndexExtent build(Progress progress) {
        Column values = sortableValues();
        int[] order = Keys.sortedOrder(values);
        progress.at(0.5);
        int[] firsts = new int[order.length];
        long[] postings = new long[order.length];
        int distinct = 0;
        for (int from = 0; from < order.length; ) {
            int end = from;
            RoaringBitmap rows = new RoaringBitmap();
            while (end < order.length && Keys.compare(values, order[from], values, order[end]) == 0) {
                int row = rowOf(order[end++]);
                if (indexed.valid().contains(row)) {
                    rows.add(row);
                }
            }
            if (!rows.isEmpty()) {
                firsts[distinct] = order[from];
                postings[distinct++] = posting(rows);
            }
            from = end;
        }
        return finish(values, firsts, postings, distinct, progress);
    }

    /** Indexes the runs of characters in texts, and not the texts. Takes the memory of the different runs and their rows. */
    IndexExtent buildGrams(int min, int max, Progress progress) {
        BytesColumn texts = (BytesColumn) indexed.values();
        Map<String, RoaringBitmap> byGram = new HashMap<>();
        for (int row = indexed.valid().next(0); row >= 0; row = indexed.valid().next(row + 1)) {
            int at = row;
            Grams.forEach(
                    texts.textAt(row),
                    min,
                    max,
                    gram -> byGram.computeIfAbsent(gram, _ -> new RoaringBitmap())
                            .add(at));
        }
        progress.at(0.5);
        List<String> grams = List.copyOf(byGram.keySet());
        BytesColumn values = BytesColumn.of(DataType.VARCHAR, grams);
        int[] order = Keys.sortedOrder(values);
        long[] postings = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            postings[i] = posting(byGram.getOrDefault(grams.get(order[i]), new RoaringBitmap()));
        }
        return finish(values, order, postings, order.length, progress);
    }

    /** @param firsts of each different value a place in {@code values} */
    private IndexExtent finish(Column values, int[] firsts, long[] postings, int distinct, Progress progress) {
        long validAt = -1;
        if (indexed.valid().cardinality() < rowCount) {
            validAt = write(RoaringBitmap.bitmapOf(indexed.valid().toArray()));
        }
        out.align(ALIGNMENT);
        long headOffset = out.position();
        writeHeader(distinct, validAt);
        for (int i = 0; i < distinct; i++) {
            out.putLong(postings[i]);
        }
        KeyBytes.write(values, firsts, 0, distinct, out);
        out.flush();
        progress.at(1);
        return new IndexExtent(headOffset, out.position());
    }

    /** What the head says of the rows of one value. */
    private long posting(RoaringBitmap rows) {
        return rows.getCardinality() == 1 ? ~(long) rows.first() : write(rows);
    }

    private int rowOf(int value) {
        int[] rows = indexed.rows();
        return rows == null ? value : rows[value];
    }

    /** The values as keys: texts as they are, numbers as int64 of the same order. */
    private Column sortableValues() {
        return switch (indexed.values()) {
            case BytesColumn texts -> texts;
            case FixedColumn numbers -> {
                MemorySegment sortable = Column.allocate(8L * numbers.rowCount());
                for (int i = 0; i < numbers.rowCount(); i++) {
                    long value = kind == LookupTarget.Kind.NUMBER
                            ? ScalarHead.sortable(numbers.doubleAt(i))
                            : numbers.longAt(i);
                    sortable.set(LONG_LE, 8L * i, value);
                }
                yield new FixedColumn(DataType.INT64, numbers.rowCount(), sortable, dev.elanus.column.Validity.all());
            }
            default -> throw new IllegalStateException("no scalars");
        };
    }

    /** @return where the rows stand */
    private long write(RoaringBitmap rows) {
        rows.runOptimize();
        long at = out.position();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(rows.serializedSizeInBytes());
        try {
            rows.serialize(new DataOutputStream(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory that cannot be written", impossible);
        }
        MemorySegment copy = Column.allocate(bytes.size());
        copy.copyFrom(MemorySegment.ofArray(bytes.toByteArray()));
        out.put(copy);
        return at;
    }

    private void writeHeader(int distinct, long validAt) {
        out.putInt(ScalarHead.MAGIC);
        out.putInt(ScalarHead.VERSION);
        out.putInt(kind.ordinal() + 1);
        out.putInt(rowCount);
        out.putInt(distinct);
        out.putInt(0);
        out.putLong(validAt);
        out.putLong(ScalarHead.HEADER_BYTES);
        out.putLong(ScalarHead.HEADER_BYTES + 8L * distinct);
        out.putLong(0);
        out.putLong(0);
    }
}
