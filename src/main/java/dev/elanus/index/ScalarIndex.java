package dev.elanus.index;

import static dev.elanus.column.Column.LONG_LE;

import dev.elanus.column.RowSet;
import dev.elanus.filter.LikePattern;
import dev.elanus.filter.LookupTarget;
import dev.elanus.filter.ScalarLookup;
import dev.elanus.filter.ShapeTest;
import dev.elanus.filter.TemplateValue;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.CharIterator;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.roaringbitmap.buffer.MappeableBitmapContainer;
import org.roaringbitmap.buffer.MappeableContainerPointer;

/** Answers from a scalar index, read where it lies. All of its object must be present. Safe for use from many threads. */
final class ScalarIndex implements ScalarLookup {
    private final ScalarHead head;
    private final MemorySegment object;

    private final ScalarIndexSpec spec;

    ScalarIndex(LookupTarget.Kind kind, ScalarIndexSpec spec, IndexExtent extent, MemorySegment object) {
        this.spec = spec;
        this.head = ScalarHead.read(kind, extent.head(), object);
        this.object = object;
    }

    @Override
    public RowSet valid() {
        if (head.validAt() < 0) {
            return RowSet.all(head.rowCount());
        }
        RowSet rows = RowSet.none(head.rowCount());
        addBitmap(head.validAt(), rows);
        return rows;
    }

    @Override
    public RowSet between(
            @Nullable TemplateValue low, boolean withLow, @Nullable TemplateValue high, boolean withHigh) {
        int from = low == null ? 0 : placeOf(low, !withLow);
        int end = high == null ? afterNumbers() : placeOf(high, withHigh);
        RowSet rows = RowSet.none(head.rowCount());
        for (int i = from; i < Math.min(end, afterNumbers()); i++) {
            addRows(i, rows);
        }
        return rows;
    }

    @Override
    public void addEqual(TemplateValue value, RowSet to) {
        int place = placeOf(value, false);
        if (place < head.distinct() && compare(place, value) == 0) {
            addRows(place, to);
        }
    }

    @Override
    public RowSet like(LikePattern pattern) {
        return like("", pattern);
    }

    /** Rows with a text that begins with one and then matches. */
    RowSet like(String before, LikePattern pattern) {
        RowSet rows = RowSet.none(head.rowCount());
        int skipped = before.getBytes(StandardCharsets.UTF_8).length;
        TemplateValue least = new TemplateValue.Text(before + pattern.prefix());
        byte[] start = (before + pattern.prefix()).getBytes(StandardCharsets.UTF_8);
        for (int i = placeOf(least, false); i < head.distinct(); i++) {
            byte[] text = textAt(i);
            if (!startsWith(text, start)) {
                break;
            }
            if (pattern.isPrefixOnly() || pattern.matches(text, skipped, text.length)) {
                addRows(i, rows);
            }
        }
        return rows;
    }

    @Override
    public @Nullable RowSet mayMatch(LikePattern pattern) {
        RowSet rows = null;
        for (String literal : pattern.literals()) {
            for (String gram : Grams.of(literal, spec.minGram(), spec.maxGram())) {
                RowSet having = RowSet.none(head.rowCount());
                addEqual(new TemplateValue.Text(gram), having);
                rows = rows == null ? having : rows.and(having);
            }
        }
        return rows;
    }

    @Override
    public RowSet mayPass(ShapeTest test) {
        throw new IllegalStateException("an index over values knows no shapes");
    }

    @Override
    public ScalarLookup at(List<String> keys, LookupTarget.Kind kind) {
        return new LeafIndex(this, keys, kind, head.rowCount());
    }

    private static boolean startsWith(byte[] text, byte[] start) {
        return text.length >= start.length
                && java.util.Arrays.mismatch(text, 0, start.length, start, 0, start.length) < 0;
    }

    /** The first place behind all values but NaN, which comes last. */
    private int afterNumbers() {
        boolean endsWithNaN = head.kind() == LookupTarget.Kind.NUMBER
                && head.distinct() > 0
                && numberAt(head.distinct() - 1) == ScalarHead.sortable(Double.NaN);
        return endsWithNaN ? head.distinct() - 1 : head.distinct();
    }

    /** The first place whose value is not below the value, or is above it. */
    private int placeOf(TemplateValue value, boolean above) {
        int low = 0;
        int high = head.distinct();
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = compare(middle, value);
            if (order < 0 || above && order == 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private int compare(int place, TemplateValue value) {
        return switch (value) {
            case TemplateValue.Bool(boolean flag) -> Long.compare(numberAt(place), flag ? 1 : 0);
            case TemplateValue.Int(long number) ->
                Long.compare(
                        numberAt(place),
                        head.kind() == LookupTarget.Kind.NUMBER ? ScalarHead.sortable(number) : number);
            case TemplateValue.Floating(double number) -> Long.compare(numberAt(place), ScalarHead.sortable(number));
            case TemplateValue.Text(String text) -> compareText(place, text.getBytes(StandardCharsets.UTF_8));
            case TemplateValue.Time _, TemplateValue.Array _, TemplateValue.Json _ ->
                throw new IllegalStateException("no scalar");
        };
    }

    private long numberAt(int place) {
        return object.get(LONG_LE, head.valuesAt() + 8L * place);
    }

    private int compareText(int place, byte[] text) {
        MemorySegment wanted = MemorySegment.ofArray(text);
        long start = textStart(place);
        long end = textStart(place + 1);
        long mismatch = MemorySegment.mismatch(object, start, end, wanted, 0, text.length);
        if (mismatch < 0) {
            return 0;
        }
        if (mismatch == end - start || mismatch == text.length) {
            return Long.compare(end - start, text.length);
        }
        return Byte.compareUnsigned(object.get(ValueLayout.JAVA_BYTE, start + mismatch), text[(int) mismatch]);
    }

    private byte[] textAt(int place) {
        long start = textStart(place);
        return object.asSlice(start, textStart(place + 1) - start).toArray(ValueLayout.JAVA_BYTE);
    }

    private long textStart(int place) {
        long texts = head.valuesAt() + 8L * (head.distinct() + 1L);
        return texts + object.get(LONG_LE, head.valuesAt() + 8L * place);
    }

    private void addRows(int place, RowSet to) {
        long posting = object.get(LONG_LE, head.postingsAt() + 8L * place);
        if (posting < 0) {
            to.add((int) ~posting);
        } else {
            addBitmap(posting, to);
        }
    }

    private void addBitmap(long at, RowSet to) {
        ByteBuffer bytes = object.asSlice(at, Math.min(object.byteSize() - at, Integer.MAX_VALUE))
                .asByteBuffer();
        MappeableContainerPointer containers = new ImmutableRoaringBitmap(bytes).getContainerPointer();
        for (; containers.hasContainer(); containers.advance()) {
            int base = containers.key() << Character.SIZE;
            if (containers.isBitmapContainer()) {
                long[] words = ((MappeableBitmapContainer) containers.getContainer()).toLongArray();
                for (int i = 0; i < words.length; i++) {
                    // Those behind the last row are not even words of the set.
                    if (words[i] != 0) {
                        to.addBits(base + i * Long.SIZE, words[i]);
                    }
                }
            } else {
                for (CharIterator rows = containers.getContainer().getCharIterator(); rows.hasNext(); ) {
                    to.add(base + rows.next());
                }
            }
        }
    }
}
