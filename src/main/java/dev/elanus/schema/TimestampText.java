package dev.elanus.schema;

import dev.elanus.error.Invalid;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.time.zone.ZoneRules;

/** Times of Timestamptz fields as clients write them, ISO 8601, and as microseconds since 1970 in UTC. */
public final class TimestampText {
    private static final long MICROS_A_SECOND = 1_000_000;
    private static final int MIN_OFFSET_HOURS = -12;
    private static final int MAX_OFFSET_HOURS = 14;

    /** Date and time divided by a T or a space, an offset where there is one; a day alone begins at midnight. */
    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR, 4)
            .appendPattern("-MM-dd")
            .optionalStart()
            .appendPattern("['T']['t'][' ']HH:mm:ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .optionalStart()
            .optionalStart()
            .appendOffset("+HH:MM", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHmm", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH", "Z")
            .optionalEnd()
            .optionalEnd()
            .optionalEnd()
            .toFormatter(java.util.Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final DateTimeFormatter SHOWN = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .optionalStart()
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .optionalEnd()
            .appendOffset("+HH:MM", "Z")
            .toFormatter(java.util.Locale.ROOT);

    private TimestampText() {}

    /**
     * The microseconds that a text means in a row or a filter.
     *
     * @param zone of texts that name no offset
     * @throws Invalid if it is no time of the years 0 to 9999
     */
    public static long parse(String text, ZoneId zone) {
        try {
            return micros(text, zone);
        } catch (DateTimeException _) {
            // Milvus tells every mistake so.
            throw new Invalid("got invalid timestamptz string '" + text
                    + "': invalid timezone name; must be a valid IANA Time Zone ID (e.g., 'Asia/Shanghai' or 'UTC'):"
                    + " invalid parameter");
        }
    }

    /** As {@link #parse}, of a field's default, where Milvus tells mistakes otherwise. */
    public static long parseDefault(String text, ZoneId zone) {
        try {
            return micros(text, zone);
        } catch (DateTimeParseException _) {
            throw new Invalid(
                    Invalid.Reason.UNNUMBERED,
                    "invalid timestamp string: '" + text + "'. Does not match any known format");
        } catch (DateTimeException outOfRange) {
            throw new Invalid(Invalid.Reason.UNNUMBERED, String.valueOf(outOfRange.getMessage()));
        }
    }

    private static long micros(String text, ZoneId zone) {
        TemporalAccessor parsed = FORMAT.parse(text.strip());
        LocalTime time = parsed.query(TemporalQueries.localTime());
        LocalDateTime local =
                LocalDateTime.of(parsed.query(TemporalQueries.localDate()), time == null ? LocalTime.MIDNIGHT : time);
        ZoneOffset offset = parsed.query(TemporalQueries.offset());
        if (offset == null) {
            return micros(instant(local, zone.getRules()));
        }
        if (offset.getTotalSeconds() < MIN_OFFSET_HOURS * 3600 || offset.getTotalSeconds() > MAX_OFFSET_HOURS * 3600) {
            throw new DateTimeException("UTC offset hour " + offset.getTotalSeconds() / 3600
                    + " is out of the valid range [" + MIN_OFFSET_HOURS + ", " + MAX_OFFSET_HOURS + "]");
        }
        return micros(local.toInstant(offset));
    }

    /** Where clocks are turned, a local time is none or two: this takes the one that Go takes, and so Milvus. */
    private static Instant instant(LocalDateTime local, ZoneRules rules) {
        Instant guess = local.toInstant(rules.getOffset(local.toInstant(ZoneOffset.UTC)));
        return local.toInstant(rules.getOffset(guess));
    }

    /** The text that clients see, in a zone. */
    public static String print(long micros, ZoneId zone) {
        Instant instant = Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_A_SECOND), Math.floorMod(micros, MICROS_A_SECOND) * 1000);
        return SHOWN.format(OffsetDateTime.ofInstant(instant, zone));
    }

    /** @throws Invalid if there is no such zone */
    public static ZoneId zone(String name) {
        try {
            // "UTC" and "Z" are the same zone then.
            return ZoneId.of(name).normalized();
        } catch (DateTimeException _) {
            throw new Invalid("unknown or invalid IANA Time Zone ID: " + name);
        }
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * MICROS_A_SECOND + instant.getNano() / 1000;
    }
}
