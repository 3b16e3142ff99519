package dev.elanus.maintenance;

import dev.elanus.storage.ObjectStore;
import dev.elanus.storage.ObjectStore.Listed;
import java.util.List;
import java.util.function.Consumer;

/** Listings of any length, a page in memory at a time. */
final class Pages {
    private static final int PAGE = 1_000;

    private Pages() {}

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
