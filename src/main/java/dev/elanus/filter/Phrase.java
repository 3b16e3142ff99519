package dev.elanus.filter;

import dev.elanus.analysis.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tokens that follow each other. A text has the phrase if each token of it can be given a place of its own where the text has that token, so that
 * the displacements (place in the text minus place in the phrase) differ by no more than the slop: with 0 the tokens stand as in the phrase, with
 * 1 one other may stand between them, with 2 two neighbours may have changed places. That is the slop of Lucene's phrase queries.
 */
final class Phrase {
    private final List<Token> tokens;
    private final long slop;

    Phrase(List<Token> tokens, long slop) {
        this.tokens = tokens;
        this.slop = slop;
    }

    /** @param text the text's tokens, in order; no phrase of no tokens is in it */
    boolean isIn(List<Token> text) {
        Map<String, List<Integer>> places = new HashMap<>();
        for (Token token : text) {
            places.computeIfAbsent(token.text(), _ -> new ArrayList<>()).add(token.position());
        }
        if (tokens.isEmpty() || !tokens.stream().allMatch(token -> places.containsKey(token.text()))) {
            return false;
        }
        // Some token is displaced to the right by the least: each may be that one.
        for (int first = 0; first < tokens.size(); first++) {
            for (int place : placesOf(first, places)) {
                if (fits(places, (long) place - tokens.get(first).position())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether every token has a place of its own that is displaced by {@code least} to {@code least + slop}. */
    private boolean fits(Map<String, List<Integer>> places, long least) {
        Set<String> done = new HashSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (done.add(tokens.get(i).text()) && !fits(i, places, least)) {
                return false;
            }
        }
        return true;
    }

    /** The same for all occurrences of one token in the phrase: the windows have one width, so that taking the leftmost free place is best. */
    private boolean fits(int token, Map<String, List<Integer>> places, long least) {
        int next = 0;
        List<Integer> free = placesOf(token, places);
        for (int i = token; i < tokens.size(); i++) {
            if (!tokens.get(i).text().equals(tokens.get(token).text())) {
                continue;
            }
            long from = least + tokens.get(i).position();
            while (next < free.size() && free.get(next) < from) {
                next++;
            }
            if (next == free.size() || free.get(next) > from + slop) {
                return false;
            }
            next++;
        }
        return true;
    }

    private List<Integer> placesOf(int token, Map<String, List<Integer>> places) {
        return places.getOrDefault(tokens.get(token).text(), List.of());
    }
}
