package dev.elanus.search;

import dev.elanus.index.Hits;
import dev.elanus.storage.Need;
import java.util.List;

/** The search of all query vectors over one source, in rounds: bring what it needs, then run it, until it is done. */
interface SourceSearch {
    Source source();

    boolean isDone();

    /** What must be present before the next {@link #tasks}. */
    List<Need> needs();

    /** The next round's computing, in parts that may run side by side. */
    List<Runnable> tasks(int width);

    /** Takes over what the tasks of a round computed. */
    void endRound();

    /** One a query. */
    List<Hits> hits();
}
