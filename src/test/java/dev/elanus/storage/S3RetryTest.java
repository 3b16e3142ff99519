package dev.elanus.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.Denied;
import dev.elanus.error.Unavailable;
import dev.elanus.storage.ScriptedHttp.Answer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How requests to S3 are tried again, by a clock that the test moves. */
class S3RetryTest {
    private static final Answer BUSY = Answer.refusal(500, "InternalError", "We encountered an internal error.");
    private static final Answer SLOW_DOWN = Answer.refusal(503, "SlowDown", "Please reduce your request rate.");

    private final HandHost host = new HandHost();
    private final StoreTraffic traffic = new StoreTraffic();
    private final ScriptedHttp http = new ScriptedHttp();
    private final ObjectStore store = S3SettingsTest.settings().open(host, traffic, http);

    @AfterEach
    void close() {
        store.close();
        host.close();
    }

    @Test
    void aReadThatFailsInPassingIsTriedAgain() {
        AtomicInteger left = new AtomicInteger(3);
        http.answer(request -> left.getAndDecrement() > 0 ? BUSY : new Answer(200, "content"));
        assertThat(store.get("a").orElseThrow().byteSize()).isEqualTo(7);
        assertThat(http.requests()).hasSize(4);
        assertThat(traffic.retried()).isEqualTo(3);
        assertThat(traffic.requests()).isEqualTo(4);
        assertThat(host.pauses()).hasSize(3).allMatch(pause -> pause.compareTo(Duration.ofMillis(320)) < 0);
    }

    @Test
    void aReadThatGoesOnFailingIsGivenUpAfterAFewTries() {
        http.answer(BUSY);
        assertThatThrownBy(() -> store.get("a")).isInstanceOf(Unavailable.class).hasMessageContaining("internal error");
        assertThat(http.requests()).hasSize(5);
    }

    @Test
    void whatIsRefusedForGoodIsNotTriedAgain() {
        http.answer(Answer.refusal(403, "AccessDenied", "Access Denied"));
        assertThatThrownBy(() -> store.get("a")).isInstanceOf(Denied.class);
        assertThat(http.requests()).hasSize(1);
    }

    @Test
    void aPutThatMayHaveHappenedIsNotTriedAgain() {
        http.answer(BUSY);
        assertThat(store.putIfAbsent("a", Content.of(new byte[3]))).isInstanceOf(Put.ReplyLost.class);
        assertThat(http.requests()).hasSize(1);
    }

    @Test
    void anAnswerThatIsCutIsTriedAgain() {
        AtomicInteger left = new AtomicInteger(2);
        http.answer(request -> left.getAndDecrement() > 0
                ? Answer.CUT
                : new Answer(200, "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>"));
        assertThat(store.list("", "", 1)).isEmpty();
        http.answer(Answer.CUT);
        assertThatThrownBy(() -> store.list("", "", 1)).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> store.get("a")).isInstanceOf(Unavailable.class);
    }

    @Test
    void aStoreThatAsksToSlowDownForAMomentIsAskedMoreSlowly() {
        AtomicInteger left = new AtomicInteger(6);
        http.answer(request -> left.getAndDecrement() > 0 ? SLOW_DOWN : new Answer(200, "content"));
        assertThat(store.get("a")).isPresent();
        assertThat(traffic.throttled()).isEqualTo(6);
        assertThat(host.pauses()).anyMatch(pause -> pause.compareTo(Duration.ofSeconds(1)) > 0);
        assertThat(host.pauses()).allMatch(pause -> pause.compareTo(Duration.ofSeconds(5)) <= 0);
    }

    @Test
    void minutesOfThrottlingEndInOneSentenceForReadsAndWrites() {
        http.answer(SLOW_DOWN);
        assertThatThrownBy(() -> store.get("a"))
                .isInstanceOf(Unavailable.class)
                .hasMessageStartingWith("cannot read s3://bucket/prefix/a at ")
                .hasMessageContaining("to slow down, last with \"Please reduce your request rate.")
                .hasMessageContaining("retry later");
        assertThat(store.trouble()).contains("prefix/a").contains("SlowDown, Please reduce your request rate.");
        assertThat(host.nanoTime()).isBetween(seconds(30), seconds(36));
        long before = host.nanoTime();
        assertThatThrownBy(() -> store.putIfAbsent("b", Content.of(new byte[3])))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("retry later");
        assertThat(host.nanoTime() - before).isBetween(seconds(10), seconds(16));
        http.answer(Answer.refusal(429, "", "too many"));
        assertThatThrownBy(() -> store.list("", "", 1)).hasMessageContaining("slow down");
    }

    private static long seconds(int count) {
        return Duration.ofSeconds(count).toNanos();
    }
}
