package dev.elanus.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.analysis.Token;
import dev.elanus.wire.RestAnswers;
import dev.elanus.wire.RestBody;
import jakarta.inject.Singleton;
import java.util.List;

/** The REST path that shows what an analyzer makes of texts. */
@Singleton
class RestAnalyzer implements RestGroup {
    private final Analyzers analyzers;

    RestAnalyzer(Analyzers analyzers) {
        this.analyzers = analyzers;
    }

    @Override
    public List<RestCall> all() {
        return List.of(new RestCall("common/run_analyzer", "RunAnalyzer", "RunAnalyzerReq", this::run));
    }

    private ObjectNode run(Call call, RestBody body, RestAnswers answers) {
        List<String> texts = body.member("text").isTextual() ? List.of(body.required("text")) : body.texts("text");
        if (body.has("collectionName")) {
            Analyzers.checkNoParams(body.scalarOrJson("analyzerParams"));
        }
        List<List<Token>> tokens = body.has("collectionName")
                ? analyzers.byField(
                        RestCollections.name(call, body),
                        body.required("fieldName"),
                        body.texts("analyzerNames"),
                        texts)
                : analyzers.byParams(body.scalarOrJson("analyzerParams"), texts);
        call.rows(texts.size());
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ArrayNode results = data.putArray("results");
        for (List<Token> ofText : tokens) {
            ArrayNode list = results.addObject().putArray("tokens");
            ofText.forEach(token ->
                    write(token, list.addObject(), body.flag("withDetail", false), body.flag("withHash", false)));
        }
        return RestAnswers.of(data);
    }

    private static void write(Token token, ObjectNode to, boolean detail, boolean hash) {
        to.put("token", token.text());
        if (detail) {
            to.put("startOffset", token.start());
            to.put("endOffset", token.end());
            to.put("position", token.position());
            to.put("positionLength", token.length());
        }
        if (hash) {
            to.put("hash", token.term());
        }
    }
}
