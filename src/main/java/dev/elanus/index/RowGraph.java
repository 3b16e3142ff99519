package dev.elanus.index;

import java.util.List;

/**
 * A graph over rows as it comes out of a build: every row at the base, ever fewer rows on the levels above it.
 *
 * @param levels the base first
 * @param entry the row at which searches begin, on the highest level
 */
record RowGraph(List<Level> levels, int entry) {
    /**
     * One level.
     *
     * @param rows row numbers, ascending
     * @param degree places for neighbours that each row has
     * @param neighbours {@code rows.length · degree} row numbers, those of one row together, nearest first, -1 in
     *     places that are left
     */
    record Level(int[] rows, int degree, int[] neighbours) {}
}
