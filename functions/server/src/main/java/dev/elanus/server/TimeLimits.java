package dev.elanus.server;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** How long a request may take, as its client says, and never longer than the server allows. */
final class TimeLimits {
    /** Where nothing is said, and at most: a read that takes longer is of no use to anyone. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    private TimeLimits() {}

    /** @param header gRPC's {@code grpc-timeout}: at most eight digits and a unit, as its wire specification has it */
    static Duration ofGrpc(@Nullable String header) {
        if (header == null || header.length() < 2) {
            return LONGEST;
        }
        ChronoUnit unit = switch (header.charAt(header.length() - 1)) {
            case 'H' -> ChronoUnit.HOURS;
            case 'M' -> ChronoUnit.MINUTES;
            case 'S' -> ChronoUnit.SECONDS;
            case 'm' -> ChronoUnit.MILLIS;
            case 'u' -> ChronoUnit.MICROS;
            default -> ChronoUnit.NANOS;
        };
        return parse(header.substring(0, header.length() - 1), unit);
    }

    /** @param header REST's {@code Request-Timeout}: whole seconds */
    static Duration ofRest(@Nullable String header) {
        return header == null ? LONGEST : parse(header.strip(), ChronoUnit.SECONDS);
    }

    private static Duration parse(String number, ChronoUnit unit) {
        try {
            Duration asked = Duration.of(Long.parseLong(number), unit);
            return asked.isPositive() && asked.compareTo(LONGEST) < 0 ? asked : LONGEST;
        } catch (NumberFormatException | ArithmeticException _) {
            return LONGEST;
        }
    }
}
