package dev.elanus.maintenance;

import dev.elanus.log.LogKeys;
import dev.elanus.storage.ObjectStore;
import dev.elanus.storage.ObjectStore.Listed;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Listings of any length, a page in memory at a time. */
final class Pages {
    private static final int PAGE = 1_000;
    /** Greater than every character of a key. */
    private static final String BEHIND_ALL_NAMES = "~";

    private Pages() {}

    /** The ids of all collections of which something is there: one request each. */
    static Set<Long> collections(ObjectStore store) {
        Set<Long> ids = new TreeSet<>();
        String all = LogKeys.allCollections();
        List<Listed> first = store.list(all, "", 1);
        while (!first.isEmpty()) {
            long id = LogKeys.ownerOf(first.getFirst().key());
            ids.add(id);
            first = store.list(all, LogKeys.collectionPrefix(id) + BEHIND_ALL_NAMES, 1);
        }
        return ids;
    }

    static void forEach(ObjectStore store, String prefix, Consumer<Listed> each) {
        String last = "";
        while (true) {
            List<Listed> page = store.list(prefix, last, PAGE);
            page.forEach(each);
            if (page.size() < PAGE) {
                return;
            }
            last = page.getLast().key();
        }
    }
}
