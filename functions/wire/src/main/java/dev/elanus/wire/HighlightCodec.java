package dev.elanus.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;
import dev.elanus.search.Highlighting;
import dev.elanus.search.Highlights;
import io.milvus.grpc.HighlightData;
import io.milvus.grpc.HighlightResult;
import io.milvus.grpc.HighlightType;
import io.milvus.grpc.Highlighter;
import java.util.ArrayList;
import java.util.List;

/** Marked words of texts, from messages and to messages. */
final class HighlightCodec {
    private static final long DEFAULT_SIZE = 100;
    private static final long DEFAULT_FRAGMENTS = 5;

    private HighlightCodec() {}

    /**
     * What a message asks to mark.
     *
     * @throws Invalid if a parameter breaks a rule
     * @throws Unsupported if it needs a model
     */
    static Highlighting decode(Highlighter message) {
        if (message.getType() != HighlightType.Lexical) {
            throw new Unsupported(
                    "semantic highlighting is not supported: it would call a service outside of the database");
        }
        Parameters params = Parameters.of(message.getParamsList());
        return new Highlighting(
                params.flag("highlight_search_text", false),
                words(params),
                tags(params, "pre_tags", "<em>"),
                tags(params, "post_tags", "</em>"),
                number(params, "num_of_fragments", DEFAULT_FRAGMENTS, 0),
                number(params, "fragment_size", DEFAULT_SIZE, 1),
                number(params, "fragment_offset", 0, 0));
    }

    static List<HighlightResult> encode(List<Highlights> highlights) {
        List<HighlightResult> messages = new ArrayList<>();
        for (Highlights field : highlights) {
            HighlightResult.Builder message = HighlightResult.newBuilder().setFieldName(field.field());
            field.fragments()
                    .forEach(fragments ->
                            message.addDatas(HighlightData.newBuilder().addAllFragments(fragments)));
            messages.add(message.build());
        }
        return messages;
    }

    private static int number(Parameters params, String name, long absent, long least) {
        long number;
        try {
            number = params.integer(name, absent);
        } catch (Invalid _) {
            number = -1;
        }
        if (number < least || number > Integer.MAX_VALUE) {
            throw new Invalid("invalid " + name + ": " + params.text(name));
        }
        return (int) number;
    }

    private static List<String> tags(Parameters params, String name, String absent) {
        String text = params.text(name);
        if (text == null) {
            return List.of(absent);
        }
        JsonNode list = Json.parse(text, name);
        List<String> tags = new ArrayList<>();
        for (JsonNode tag : list.isArray() ? list : List.<JsonNode>of()) {
            if (!tag.isTextual()) {
                throw Invalid.of(name, "a list of strings", text);
            }
            tags.add(tag.textValue());
        }
        if (!list.isArray()) {
            throw Invalid.of(name, "a list of strings", text);
        }
        if (tags.isEmpty()) {
            throw new Invalid(name + " cannot be empty list");
        }
        return tags;
    }

    private static List<Highlighting.Words> words(Parameters params) {
        List<Highlighting.Words> words = new ArrayList<>();
        String text = params.text("highlight_query");
        if (text == null) {
            return words;
        }
        JsonNode list = Json.parse(text, "highlight_query");
        if (!list.isArray()) {
            throw Invalid.of("highlight_query", "a list of objects", text);
        }
        for (JsonNode query : list) {
            String type = member(query, "type");
            if (!type.equals("TextMatch")) {
                throw new Invalid("unmarshal highlight queries failed: invalid highlight query type: " + type);
            }
            words.add(new Highlighting.Words(member(query, "field"), member(query, "text")));
        }
        return words;
    }

    private static String member(JsonNode query, String name) {
        JsonNode value = query.path(name);
        if (value.isMissingNode()) {
            throw new Invalid("unmarshal highlight queries failed: must set `" + name + "` in query");
        }
        if (!value.isTextual()) {
            throw new Invalid("unmarshal highlight queries failed: `" + name + "` must be string");
        }
        return value.textValue();
    }
}
