package dev.elanus.search;

import dev.elanus.column.ByteRange;
import dev.elanus.column.Columns;
import dev.elanus.filter.LookupTarget;
import dev.elanus.filter.ScalarLookup;
import dev.elanus.filter.SortedKeys;
import dev.elanus.index.Indexes;
import dev.elanus.index.ScalarIndexSpec;
import dev.elanus.manifest.IndexDefinition;
import dev.elanus.manifest.IndexEntry;
import dev.elanus.manifest.SegmentEntry;
import dev.elanus.schema.Field;
import dev.elanus.segment.ColumnExtent;
import dev.elanus.storage.Mirror;
import dev.elanus.storage.MirroredObject;
import dev.elanus.storage.Need;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A sealed segment, its objects held in the mirror for as long as the request lasts. */
final class SealedSource extends Source {
    private final SegmentEntry segment;
    private final Field key;
    private final MirroredObject rows;
    private final @Nullable IndexEntry indexEntry;
    private final @Nullable MirroredObject index;

    /** Scalar indexes for the filter. */
    private record Lookup(ScalarIndexSpec spec, IndexEntry entry, MirroredObject object) {}

    private final Map<LookupTarget, Lookup> lookups = new LinkedHashMap<>();

    /**
     * @param key the primary key, in whose order rows stand
     * @param indexEntry the index that the request walks, null for none
     * @param wanted the indexes that the filter can use
     */
    SealedSource(
            Mirror mirror,
            SegmentEntry segment,
            Field key,
            @Nullable IndexEntry indexEntry,
            Map<LookupTarget, IndexDefinition> wanted) {
        this.segment = segment;
        this.key = key;
        this.rows = mirror.open(segment.rows());
        this.indexEntry = indexEntry;
        this.index = indexEntry == null ? null : mirror.open(indexEntry.object());
        wanted.forEach((target, definition) -> segment.index(definition.id())
                .ifPresent(entry -> lookups.put(
                        target, new Lookup((ScalarIndexSpec) definition.spec(), entry, mirror.open(entry.object())))));
    }

    /** The keys, which stand in order, and the indexes; what the filter asks of was brought. */
    @Override
    Map<LookupTarget, ScalarLookup> lookups() {
        Map<LookupTarget, ScalarLookup> opened = new LinkedHashMap<>();
        opened.put(SortedKeys.target(key), new SortedKeys(key, column(key)));
        lookups.forEach((target, lookup) -> opened.put(
                target,
                Indexes.lookup(
                        lookup.spec(),
                        target,
                        lookup.entry().extent(),
                        lookup.object().bytes())));
        return opened;
    }

    /** What must be present to evaluate the filter: its indexes, and the columns of which there are none. */
    List<Need> filterNeeds(ReadFilter filter) {
        List<Need> needs = new ArrayList<>(whole(filter.fields(lookups.keySet())));
        lookups.values()
                .forEach(lookup -> needs.add(new Need(
                        lookup.object(),
                        List.of(new ByteRange(0, lookup.entry().extent().length())))));
        return needs;
    }

    SegmentEntry segment() {
        return segment;
    }

    @Nullable
    IndexEntry indexEntry() {
        return indexEntry;
    }

    @Nullable
    MirroredObject index() {
        return index;
    }

    /** What the first stage of every search over the index needs. */
    List<Need> indexHead() {
        return index == null || indexEntry == null
                ? List.of()
                : List.of(new Need(index, List.of(indexEntry.extent().head())));
    }

    @Override
    int rowCount() {
        return segment.rowCount();
    }

    @Override
    Columns view(Collection<Field> fields) {
        return segment.layout().view(rows.bytes(), fields);
    }

    @Override
    List<Need> whole(Collection<Field> fields) {
        List<ByteRange> ranges = new ArrayList<>();
        fields.forEach(field -> ranges.addAll(segment.layout().whole(field)));
        return needs(ranges);
    }

    @Override
    List<Need> frames(Collection<Field> fields) {
        List<ByteRange> ranges = new ArrayList<>();
        fields.forEach(field -> extent(field).ifPresent(extent -> ranges.addAll(extent.frame())));
        return needs(ranges);
    }

    @Override
    List<Need> rows(Collection<Field> fields, int[] wanted) {
        List<ByteRange> ranges = new ArrayList<>();
        fields.forEach(field ->
                extent(field).ifPresent(extent -> ranges.addAll(extent.rows(field, rows.bytes(), wanted))));
        return needs(ranges);
    }

    @Override
    long bytes(Field field) {
        return extent(field).map(extent -> extent.values().length()).orElse(0L);
    }

    @Override
    boolean isSorted() {
        return true;
    }

    @Override
    public void close() {
        rows.close();
        lookups.values().forEach(lookup -> lookup.object().close());
        if (index != null) {
            index.close();
        }
    }

    private List<Need> needs(List<ByteRange> ranges) {
        return ranges.isEmpty() ? List.of() : List.of(new Need(rows, ranges));
    }

    private Optional<ColumnExtent> extent(Field field) {
        return segment.layout().column(field);
    }
}
