package dev.elanus.server;

import com.google.protobuf.ByteString;
import dev.elanus.analysis.Token;
import dev.elanus.wire.Statuses;
import io.milvus.grpc.AnalyzerResult;
import io.milvus.grpc.AnalyzerToken;
import io.milvus.grpc.RunAnalyzerRequest;
import io.milvus.grpc.RunAnalyzerResponse;
import jakarta.inject.Singleton;
import java.util.List;

/** The call that shows what an analyzer makes of texts. */
@Singleton
class AnalyzerRpcs implements RpcGroup {
    private final Analyzers analyzers;

    AnalyzerRpcs(Analyzers analyzers) {
        this.analyzers = analyzers;
    }

    @Override
    public List<Rpc<?, ?>> all() {
        return List.of(new Rpc<>(
                "RunAnalyzer",
                RunAnalyzerRequest.getDefaultInstance(),
                RunAnalyzerResponse.getDefaultInstance(),
                this::run));
    }

    private RunAnalyzerResponse run(Call call, RunAnalyzerRequest request) {
        List<String> texts = request.getPlaceholderList().stream()
                .map(ByteString::toStringUtf8)
                .toList();
        if (!request.getCollectionName().isEmpty()) {
            Analyzers.checkNoParams(request.getAnalyzerParams());
        }
        List<List<Token>> tokens = request.getCollectionName().isEmpty()
                ? analyzers.byParams(request.getAnalyzerParams(), texts)
                : analyzers.byField(
                        call.collection(request.getDbName(), request.getCollectionName()),
                        request.getFieldName(),
                        request.getAnalyzerNamesList(),
                        texts);
        call.rows(texts.size());
        RunAnalyzerResponse.Builder answer = RunAnalyzerResponse.newBuilder().setStatus(Statuses.success());
        for (List<Token> ofText : tokens) {
            AnalyzerResult.Builder result = AnalyzerResult.newBuilder();
            ofText.forEach(token -> result.addTokens(token(token, request)));
            answer.addResults(result);
        }
        return answer.build();
    }

    private static AnalyzerToken token(Token token, RunAnalyzerRequest request) {
        AnalyzerToken.Builder answer = AnalyzerToken.newBuilder().setToken(token.text());
        if (request.getWithDetail()) {
            answer.setStartOffset(token.start())
                    .setEndOffset(token.end())
                    .setPosition(token.position())
                    .setPositionLength(token.length());
        }
        if (request.getWithHash()) {
            answer.setHash((int) token.term());
        }
        return answer.build();
    }
}
