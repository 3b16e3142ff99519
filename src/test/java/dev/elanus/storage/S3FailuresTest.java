package dev.elanus.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.elanus.error.DatabaseException;
import dev.elanus.error.Denied;
import dev.elanus.error.Unavailable;
import dev.elanus.error.Unsupported;
import dev.elanus.storage.ScriptedHttp.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What S3's refusals are told as: one sentence with the place, what S3 said, and what to do. */
class S3FailuresTest {
    private final HandHost host = new HandHost();
    private final ScriptedHttp http = new ScriptedHttp();
    private final ObjectStore store = S3SettingsTest.settings().open(host, new StoreTraffic(), http);

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "403, RequestTimeTooSkewed, clock differs",
        "400, ExpiredToken, renew the credentials",
        "403, InvalidAccessKeyId, check the access key",
        "403, SignatureDoesNotMatch, check the access key and its secret",
        "401, Unauthorized, grant s3:GetObject"
    })
    void whoIsRefusedIsToldWhatToDo(int status, String code, String advice) {
        http.answer(Answer.refusal(status, code, "What S3 says"));
        Throwable failure = catchThrowable(() -> store.get("c/1/log/2"));
        assertThat(failure)
                .isInstanceOf(Denied.class)
                .hasMessageStartingWith(
                        "cannot read s3://bucket/prefix/c/1/log/2 at http://s3.test:9000: " + code + ", ")
                .hasMessageContaining("What S3 says (status " + status)
                .hasMessageContaining(advice);
        assertThat(failure.getMessage()).doesNotContain("\n");
        assertThat(http.requests()).as("it is not tried again").hasSize(1);
    }

    @Test
    void theVerbThatIsNotGrantedIsNamed() {
        http.answer(Answer.refusal(403, "AccessDenied", "Access Denied"));
        expectDenied(() -> store.get("a"), "s3:GetObject");
        expectDenied(() -> store.putIfAbsent("a", Content.of(new byte[1])), "s3:PutObject");
        expectDenied(() -> store.replace("a", Content.of(new byte[1])), "s3:PutObject");
        expectDenied(() -> store.list("", "", 1), "s3:ListBucket");
        expectDenied(() -> store.delete("a"), "s3:DeleteObject");
        expectDenied(() -> store.abortLeftOvers(host.clock().instant()), "s3:ListBucketMultipartUploads");
    }

    @Test
    void aVerbThatIsMissingDoesNotKeepOthersFromWorking() {
        http.answer(request -> request.method() == software.amazon.awssdk.http.SdkHttpMethod.DELETE
                ? Answer.refusal(403, "AccessDenied", "Access Denied")
                : new Answer(200, "first"));
        expectDenied(() -> store.delete("a"), "s3:DeleteObject");
        assertThat(store.get("a")).isPresent();
        assertThat(store.putIfAbsent("b", Content.of(new byte[1]))).isEqualTo(new Put.Stored());
    }

    @Test
    void aMissingBucketAndAWrongRegionAreNoMissingObject() {
        http.answer(Answer.refusal(404, "NoSuchBucket", "The specified bucket does not exist"));
        assertThatThrownBy(() -> store.get("a"))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("create the bucket, or correct --store");
        http.answer(Answer.refusal(400, "AuthorizationHeaderMalformed", "the region 'us-east-1' is wrong"));
        assertThatThrownBy(() -> store.get("a"))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("correct --s3-region");
        http.answer(Answer.refusal(404, "NoSuchKey", "The specified key does not exist."));
        assertThat(store.get("a")).isEmpty();
    }

    @Test
    void aServerThatDoesNotKnowConditionsIsNamedAsThat() {
        http.answer(Answer.refusal(501, "NotImplemented", "A header you provided implies functionality"));
        assertThatThrownBy(() -> store.putIfAbsent("a", Content.of(new byte[1])))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("NotImplemented");
    }

    private static void expectDenied(Executable request, String advice) {
        Throwable failure = catchThrowable(request::execute);
        assertThat(failure)
                .isInstanceOf(Denied.class)
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("AccessDenied, Access Denied")
                .hasMessageContaining("grant " + advice);
    }
}
