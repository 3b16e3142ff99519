package dev.elanus.search;

import java.util.List;

/**
 * The texts of one field in which words are marked.
 *
 * @param fragments of each hit, none where its text has no such word
 */
public record Highlights(String field, List<List<String>> fragments) {
    public Highlights {
        fragments = List.copyOf(fragments);
    }
}
