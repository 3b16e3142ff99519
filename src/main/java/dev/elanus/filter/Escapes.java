package dev.elanus.filter;

/** Resolves the escapes of quoted texts. */
record Escapes(FilterErrors errors) {
    private static final int LARGEST_BYTE = 0xff;

    /** A quoted text without its quotes and with its escapes resolved. */
    String unquote(String quoted, Place place) {
        if (quoted.indexOf('\\') < 0) {
            return quoted.substring(1, quoted.length() - 1);
        }
        StringBuilder text = new StringBuilder();
        int at = 1;
        while (at < quoted.length() - 1) {
            char character = quoted.charAt(at++);
            if (character == '\\') {
                at = unescape(quoted, at, text, place);
            } else {
                text.append(character);
            }
        }
        return text.toString();
    }

    /** @return where to go on */
    private int unescape(String quoted, int at, StringBuilder text, Place place) {
        char character = quoted.charAt(at);
        switch (character) {
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'r' -> text.append('\r');
            case 'a' -> text.append('\u0007');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'v' -> text.append('\u000b');
            case '\\', '\'', '"', '?' -> text.append(character);
            // Not an escape of texts but of patterns, which many write without doubling the backslash.
            case '%', '_' -> text.append('\\').append(character);
            case 'x' -> {
                return digits(quoted, at + 1, 2, 16, text, place);
            }
            case 'u' -> {
                return digits(quoted, at + 1, 4, 16, text, place);
            }
            default -> {
                if (character < '0' || character > '7') {
                    throw errors.invalid("unknown escape \\" + character + " in " + errors.source(place), place);
                }
                int end = at;
                while (end < quoted.length() - 1
                        && end < at + 3
                        && quoted.charAt(end) >= '0'
                        && quoted.charAt(end) <= '7') {
                    end++;
                }
                if (Integer.parseInt(quoted, at, end, 8) > LARGEST_BYTE) {
                    throw errors.invalid(
                            "unknown escape \\" + quoted.substring(at, end) + " in " + errors.source(place), place);
                }
                return digits(quoted, at, end - at, 8, text, place);
            }
        }
        return at + 1;
    }

    private int digits(String quoted, int from, int count, int radix, StringBuilder text, Place place) {
        try {
            text.append((char) Integer.parseInt(quoted, from, Math.min(from + count, quoted.length() - 1), radix));
            return from + count;
        } catch (NumberFormatException | IndexOutOfBoundsException _) {
            throw errors.invalid("expected " + count + " digits after an escape in " + errors.source(place), place);
        }
    }
}
