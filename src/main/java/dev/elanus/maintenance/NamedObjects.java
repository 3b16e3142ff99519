package dev.elanus.maintenance;

import dev.elanus.manifest.IndexEntry;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.SegmentEntry;
import java.util.HashSet;
import java.util.Set;

/** The objects of segments that a manifest names. */
final class NamedObjects {
    private NamedObjects() {}

    static Set<String> of(Manifest manifest) {
        Set<String> keys = new HashSet<>();
        for (SegmentEntry segment : manifest.segments()) {
            keys.add(segment.rows().key());
            if (segment.deletes() != null) {
                keys.add(segment.deletes().key());
            }
            for (IndexEntry index : segment.indexes()) {
                keys.add(index.object().key());
            }
        }
        return keys;
    }
}
