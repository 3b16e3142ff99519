package dev.elanus.index;

import java.util.List;

/**
 * A graph over rows: every row at the base, ever fewer rows on the levels above it.
 *
 * @param levels the base first
 * @param entry where walks begin: a place on the highest level
 */
record RowGraph(List<GraphLevel> levels, int entry) {
    GraphLevel base() {
        return levels.getFirst();
    }
}
