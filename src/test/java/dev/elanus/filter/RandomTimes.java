package dev.elanus.filter;

import dev.elanus.schema.TimestampText;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/** The part of {@link RandomFilter} that is about times: those of a field {@code ts}, which has microseconds. */
final class RandomTimes {
    private static final OffsetDateTime EPOCH = OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private RandomTimes() {}

    /** Few enough different ones that two are often equal, and around the ends of months. */
    static OffsetDateTime time(SplittableRandom random) {
        return OffsetDateTime.of(2024, 1, 30, 0, 0, 0, 0, ZoneOffset.UTC)
                .plusDays(random.nextInt(4))
                .plusMonths(random.nextInt(3))
                .plusNanos(random.nextInt(4) == 0 ? 1000 : 0);
    }

    static long micros(OffsetDateTime time) {
        return EPOCH.until(time, ChronoUnit.MICROS);
    }

    static RandomFilter next(SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> in(random);
            case 1 -> chain(random);
            default -> compare(random);
        };
    }

    private static RandomFilter compare(SplittableRandom random) {
        RandomFilter.Value left = random.nextBoolean() ? shifted(random) : field();
        RandomFilter.Value right = literal(random);
        String comparison = RandomFilter.pick(random, RandomFilter.COMPARISONS);
        boolean swap = random.nextBoolean();
        RandomFilter.Value a = swap ? right : left;
        RandomFilter.Value b = swap ? left : right;
        return new RandomFilter(
                a.text() + " " + comparison + " " + b.text(),
                row -> RandomFilter.holds(a.of().apply(row), comparison, b.of().apply(row)));
    }

    private static RandomFilter chain(SplittableRandom random) {
        OffsetDateTime low = time(random);
        OffsetDateTime high = low.plusDays(random.nextInt(40));
        RandomFilter.Value middle = random.nextBoolean() ? shifted(random) : field();
        return new RandomFilter(text(random, low) + " < " + middle.text() + " <= " + text(random, high), row -> {
            Object value = middle.of().apply(row);
            return value == null ? null : micros(low) < (Long) value && (Long) value <= micros(high);
        });
    }

    private static RandomFilter in(SplittableRandom random) {
        List<OffsetDateTime> times = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            times.add(time(random));
        }
        boolean not = random.nextBoolean();
        String list =
                String.join(", ", times.stream().map(time -> text(random, time)).toList());
        return new RandomFilter("ts " + (not ? "not " : "") + "in [" + list + "]", row -> {
            Object value = row.get("ts");
            return value == null ? null : times.stream().anyMatch(time -> value.equals(micros(time))) != not;
        });
    }

    private static RandomFilter.Value field() {
        return new RandomFilter.Value("ts", row -> row.get("ts"));
    }

    private static RandomFilter.Value literal(SplittableRandom random) {
        OffsetDateTime time = time(random);
        return new RandomFilter.Value(text(random, time), _ -> micros(time));
    }

    private static RandomFilter.Value shifted(SplittableRandom random) {
        Period period = Period.of(random.nextInt(2), random.nextInt(3), random.nextInt(3));
        Duration duration = Duration.ofSeconds(random.nextInt(3) * 3600L + random.nextInt(2));
        String text = period.isZero()
                ? duration.toString()
                : period + duration.toString().substring(1);
        String interval = period.isZero() || !duration.isZero() ? text : period.toString();
        boolean back = random.nextBoolean();
        Function<Map<String, Object>, Object> moved = row -> {
            if (row.get("ts") == null) {
                return null;
            }
            OffsetDateTime time = EPOCH.plus((Long) row.get("ts"), ChronoUnit.MICROS);
            return micros(
                    back
                            ? time.minus(period).minus(duration)
                            : time.plus(period).plus(duration));
        };
        return new RandomFilter.Value("ts " + (back ? "-" : "+") + " INTERVAL '" + interval + "'", moved);
    }

    private static String text(SplittableRandom random, OffsetDateTime time) {
        String zoned = TimestampText.print(micros(time), ZoneOffset.ofHours(random.nextInt(-3, 4)));
        return switch (random.nextInt(3)) {
            case 0 -> "ISO '" + zoned + "'";
            case 1 -> "'" + zoned + "'";
            default ->
                "iso \"" + time.toLocalDateTime() + (time.getSecond() == 0 && time.getNano() == 0 ? ":00" : "") + "\"";
        };
    }
}
