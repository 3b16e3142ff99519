package dev.elanus.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.Invalid;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTextTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    @ParameterizedTest
    @CsvSource({
        "2024-12-31T22:00:00Z, 2025-01-01T06:00:00+08:00",
        "2024-12-31 22:00:00, 2024-12-31T22:00:00+08:00",
        "2025-01-01T00:00:00+08:00, 2025-01-01T00:00:00+08:00",
        "2025-01-01T00:00:00.120-05:00, 2025-01-01T13:00:00.12+08:00",
        "2025-01-01T00:00:00.1234567Z, 2025-01-01T08:00:00.123456+08:00",
        "2025-01-01, 2025-01-01T00:00:00+08:00",
        "1969-12-31T23:59:59.999999Z, 1970-01-01T07:59:59.999999+08:00",
        "2025-01-01 00:00:00+08, 2025-01-01T00:00:00+08:00",
        "2025-01-01 00:00:00-12:00, 2025-01-01T20:00:00+08:00",
        "0000-01-01T00:00:00Z, 0000-01-01T08:05:43+08:05"
    })
    void aTimeIsShownInAnotherZone(String given, String shown) {
        assertThat(TimestampText.print(TimestampText.parse(given, SHANGHAI), SHANGHAI))
                .isEqualTo(shown);
    }

    @Test
    void utcIsShownAsZ() {
        assertThat(TimestampText.print(0, TimestampText.zone("UTC"))).isEqualTo("1970-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "2025-02-29 00:00:00",
                "2025-01-01T25:00:00",
                "2025-01-01T00:00:00+24:00",
                "2025-01-01T00:00:00+14:30",
                "2025-01-01T00:00:00-12:01",
                "10000-01-01"
            })
    void whatIsNoTimeIsRefusedInMilvusWords(String text) {
        assertThatThrownBy(() -> TimestampText.parse(text, SHANGHAI))
                .isInstanceOf(Invalid.class)
                .hasMessage("got invalid timestamptz string '" + text
                        + "': invalid timezone name; must be a valid IANA Time Zone ID"
                        + " (e.g., 'Asia/Shanghai' or 'UTC'): invalid parameter");
    }

    @Test
    void whatIsNoTimeIsToldOtherwiseOfADefault() {
        assertThatThrownBy(() -> TimestampText.parseDefault("soon", SHANGHAI))
                .hasMessage("invalid timestamp string: 'soon'. Does not match any known format");
        assertThatThrownBy(() -> TimestampText.parseDefault("2025-01-01 00:00:00+15:00", SHANGHAI))
                .hasMessage("UTC offset hour 15 is out of the valid range [-12, 14]");
    }

    /** As Go's time.Date, which takes the offset that holds at the text's time read as UTC, or else the one that holds then. */
    @ParameterizedTest
    @CsvSource({
        "America/New_York, 2024-03-10 02:30:00, 2024-03-10T01:30:00-05:00",
        "America/New_York, 2024-11-03 01:30:00, 2024-11-03T01:30:00-04:00",
        "Europe/Berlin, 2024-03-31 02:30:00, 2024-03-31T03:30:00+02:00",
        "Europe/Berlin, 2024-10-27 02:30:00, 2024-10-27T02:30:00+01:00"
    })
    void whereClocksAreTurnedGosChoiceHolds(ZoneId zone, String given, String shown) {
        assertThat(TimestampText.print(TimestampText.parse(given, zone), zone)).isEqualTo(shown);
    }

    @Test
    void anUnknownZoneIsRefused() {
        assertThatThrownBy(() -> TimestampText.zone("Mars/Olympus"))
                .hasMessage("unknown or invalid IANA Time Zone ID: Mars/Olympus");
    }
}
