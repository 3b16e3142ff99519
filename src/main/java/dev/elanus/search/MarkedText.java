package dev.elanus.search;

import dev.elanus.analysis.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A text and the places in it that are marked. Places are characters, as code points.
 *
 * @param marks in their order, none touching another
 */
record MarkedText(int[] characters, List<Span> marks) {
    /** From one character to before another. */
    record Span(int start, int end) {}

    /** Tokens that overlap or touch become one mark. */
    static MarkedText of(String text, List<Token> tokens) {
        int[] characters = text.codePoints().toArray();
        int[] places = places(characters);
        List<Span> marks = new ArrayList<>();
        tokens.stream()
                .sorted(Comparator.comparingInt(Token::start).thenComparing(Token::end))
                .map(token -> new Span(places[token.start()], places[token.end()]))
                .forEach(span -> {
                    if (!marks.isEmpty() && span.start() <= marks.getLast().end()) {
                        Span last = marks.removeLast();
                        marks.add(new Span(last.start(), Math.max(last.end(), span.end())));
                    } else {
                        marks.add(span);
                    }
                });
        return new MarkedText(characters, marks);
    }

    /** Of each byte of the text's UTF-8 that starts a character, and of the end, the character's number. */
    private static int[] places(int[] characters) {
        int bytes = 0;
        for (int character : characters) {
            bytes += widthOf(character);
        }
        int[] places = new int[bytes + 1];
        int at = 0;
        for (int i = 0; i < characters.length; i++) {
            places[at] = i;
            at += widthOf(characters[i]);
        }
        places[bytes] = characters.length;
        return places;
    }

    private static int widthOf(int character) {
        return character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    }

    /** Pieces of the text around its marks. A mark that starts where the piece before has not ended yet lengthens that one. */
    List<String> fragments(Highlighting highlighting) {
        List<String> fragments = new ArrayList<>();
        int at = 0;
        while (at < marks.size() && fragments.size() < highlighting.fragments()) {
            Span first = marks.get(at);
            int start = Math.max(0, first.start() - highlighting.fragmentOffset());
            int end = Math.min(
                    Math.max(
                            first.end(), (int) Math.min(Integer.MAX_VALUE, (long) start + highlighting.fragmentSize())),
                    characters.length);
            int next = at + 1;
            while (next < marks.size() && marks.get(next).start() <= end) {
                end = Math.max(end, marks.get(next).end());
                next++;
            }
            fragments.add(print(start, end, marks.subList(at, next), highlighting));
            at = next;
        }
        return fragments;
    }

    private String print(int start, int end, List<Span> inside, Highlighting highlighting) {
        StringBuilder text = new StringBuilder();
        int at = start;
        for (int i = 0; i < inside.size(); i++) {
            Span mark = inside.get(i);
            text.append(new String(characters, at, mark.start() - at))
                    .append(highlighting.before().get(i % highlighting.before().size()))
                    .append(new String(characters, mark.start(), mark.end() - mark.start()))
                    .append(highlighting.after().get(i % highlighting.after().size()));
            at = mark.end();
        }
        return text.append(new String(characters, at, end - at)).toString();
    }
}
