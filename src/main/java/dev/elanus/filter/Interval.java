package dev.elanus.filter;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time as ISO 8601 writes it. Months and years are as long as the calendar makes them, in UTC.
 *
 * @param calendar years, months and days
 * @param clock what is shorter than a day
 */
public record Interval(Period calendar, Duration clock) {
    private static final long MICROS_A_SECOND = 1_000_000;
    private static final long SECONDS_A_DAY = 86_400;
    private static final Pattern TEXT =
            Pattern.compile("P(?:(\\d{1,7})Y)?(?:(\\d{1,7})M)?(?:(\\d{1,6})W)?(?:(\\d{1,7})D)?"
                    + "(?:T(?:(\\d{1,9})H)?(?:(\\d{1,9})M)?(?:(\\d{1,9})S)?)?");

    /** @throws IllegalArgumentException if the text is none */
    static Interval parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches() || text.strip().endsWith("P") || text.strip().endsWith("T")) {
            throw new IllegalArgumentException(text);
        }
        long days = 7 * number(matcher, 3) + number(matcher, 4);
        long months = 12 * number(matcher, 1) + number(matcher, 2);
        Duration clock = Duration.ofHours(number(matcher, 5))
                .plusMinutes(number(matcher, 6))
                .plusSeconds(number(matcher, 7));
        return new Interval(Period.of(0, (int) months, (int) days), clock);
    }

    Interval negated() {
        return new Interval(calendar.negated(), clock.negated());
    }

    /** Whether it is equally long wherever it begins. */
    boolean isFixed() {
        return calendar.getMonths() == 0;
    }

    /** The microseconds of one that is {@link #isFixed() fixed}. */
    long micros() {
        return (calendar.getDays() * SECONDS_A_DAY + clock.getSeconds()) * MICROS_A_SECOND;
    }

    /** A time in microseconds since 1970, moved by it; what the calendar does not hold lies at its end. */
    long from(long micros) {
        if (isFixed()) {
            return sum(micros, micros());
        }
        try {
            LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(micros, MICROS_A_SECOND), 0, ZoneOffset.UTC)
                    .plus(calendar)
                    .plus(clock);
            return Math.addExact(
                    Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), MICROS_A_SECOND),
                    Math.floorMod(micros, MICROS_A_SECOND));
        } catch (DateTimeException | ArithmeticException _) {
            return calendar.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** @return the nearest one to the sum, where that takes more than 64 bits */
    static long sum(long a, long b) {
        long sum = a + b;
        boolean overflows = ((a ^ sum) & (b ^ sum)) < 0;
        return overflows ? a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE : sum;
    }

    private static long number(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
    }
}
