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
        "1969-12-31T23:59:59.999999Z, 1970-01-01T07:59:59.999999+08:00"
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
                "0000-01-01"
            })
    void whatIsNoTimeIsRefusedInMilvusWords(String text) {
        assertThatThrownBy(() -> TimestampText.parse(text, SHANGHAI))
                .isInstanceOf(Invalid.class)
                .hasMessage("got invalid timestamptz string '" + text
                        + "': invalid timezone name; must be a valid IANA Time Zone ID"
                        + " (e.g., 'Asia/Shanghai' or 'UTC'): invalid parameter");
    }

    @Test
    void anUnknownZoneIsRefused() {
        assertThatThrownBy(() -> TimestampText.zone("Mars/Olympus"))
                .hasMessage("unknown or invalid IANA Time Zone ID: Mars/Olympus");
    }
}
