package dev.elanus.search;

import java.util.List;

/**
 * Which words are marked in the texts of hits, and how. Changes neither which rows are hits nor their order.
 *
 * @param searchText whether the words of the text that is searched for are marked, in the field that the search's vectors are made of
 * @param words more to mark
 * @param before what is written before the first mark, the second, and so on, again and again
 * @param after what is written behind them
 * @param fragments pieces of a text at most
 * @param fragmentSize characters of a piece at least, where the text is long enough
 * @param fragmentOffset characters of a piece before its first mark, where there are as many
 */
public record Highlighting(
        boolean searchText,
        List<Words> words,
        List<String> before,
        List<String> after,
        int fragments,
        int fragmentSize,
        int fragmentOffset) {
    /** Words to mark in the texts of one field, whatever is searched for. */
    public record Words(String field, String text) {}

    public Highlighting {
        words = List.copyOf(words);
        before = List.copyOf(before);
        after = List.copyOf(after);
    }
}
