package dev.elanus.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** The network as seen by S3's client: writes down every request, signed and complete as it would leave, and answers as a test says. */
final class ScriptedHttp implements SdkHttpClient {
    /** An answer. @param body XML of S3 or an object's bytes */
    record Answer(int status, String body) {
        static final Answer OK = new Answer(200, "");
        /** The connection ends before the body does. */
        static final Answer CUT = new Answer(200, "cut");

        /** A refusal as S3 words it. */
        static Answer refusal(int status, String code, String message) {
            return new Answer(status, "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>");
        }
    }

    private final List<SdkHttpRequest> requests = new ArrayList<>();
    private volatile Function<SdkHttpRequest, Answer> script = request -> Answer.OK;

    void answer(Function<SdkHttpRequest, Answer> newScript) {
        script = newScript;
    }

    void answer(Answer always) {
        script = request -> always;
    }

    synchronized List<SdkHttpRequest> requests() {
        return List.copyOf(requests);
    }

    /** The last request, as {@code METHOD scheme://host/path}. */
    String last() {
        SdkHttpRequest last = lastRequest();
        return last.method() + " " + last.protocol() + "://" + last.host() + last.encodedPath();
    }

    synchronized SdkHttpRequest lastRequest() {
        return requests.getLast();
    }

    /** A header of the last request; empty if it has none of that name. */
    String header(String name) {
        return lastRequest().firstMatchingHeader(name).orElse("");
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() {
                synchronized (ScriptedHttp.this) {
                    requests.add(request.httpRequest());
                }
                request.contentStreamProvider().ifPresent(body -> drain(body.newStream()));
                Answer answer = script.apply(request.httpRequest());
                byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
                return HttpExecuteResponse.builder()
                        .response(SdkHttpResponse.builder()
                                .statusCode(answer.status)
                                .putHeader("Content-Length", "" + bytes.length)
                                .putHeader("ETag", "\"1\"")
                                .build())
                        .responseBody(AbortableInputStream.create(
                                answer == Answer.CUT ? new CutStream() : new ByteArrayInputStream(bytes)))
                        .build();
            }

            @Override
            public void abort() {}
        };
    }

    private static final class CutStream extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the connection was cut");
        }
    }

    private static void drain(InputStream body) {
        try (body) {
            body.skip(Long.MAX_VALUE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {}
}
