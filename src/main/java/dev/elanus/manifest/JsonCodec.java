package dev.elanus.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.error.Corrupt;
import dev.elanus.segment.SmallObject;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** A state as JSON in a {@link SmallObject}: readable by people, checked whole. */
public abstract class JsonCodec<S> implements Codec<S> {
    private final ObjectMapper json = new ObjectMapper();
    private final SmallObject.Kind kind;

    protected JsonCodec(SmallObject.Kind kind) {
        this.kind = kind;
    }

    /** Writes a state into an empty object. */
    protected abstract void encode(S state, ObjectNode root);

    /** @throws IllegalArgumentException if something is missing or of the wrong kind */
    protected abstract S decode(JsonNode root);

    @Override
    public final byte[] encode(S state) {
        ObjectNode root = json.createObjectNode();
        encode(state, root);
        try {
            return SmallObject.encode(kind, json.writeValueAsBytes(root));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree that does not print", impossible);
        }
    }

    @Override
    public final S decode(String name, MemorySegment bytes) {
        byte[] payload = SmallObject.decode(kind, name, bytes);
        try {
            return decode(json.readTree(payload));
        } catch (IOException | IllegalArgumentException malformed) {
            throw new Corrupt(
                    name + ": expected the JSON of a " + kind + ", found " + malformed.getMessage(), malformed);
        }
    }
}
