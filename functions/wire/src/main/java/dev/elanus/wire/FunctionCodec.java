package dev.elanus.wire;

import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.FunctionKind;
import dev.elanus.schema.FunctionSchema;
import io.milvus.grpc.FunctionType;

/** Functions of schemas from messages and to messages. */
final class FunctionCodec {
    private FunctionCodec() {}

    static FunctionSchema decode(io.milvus.grpc.FunctionSchema function) {
        return new FunctionSchema(
                0,
                function.getName(),
                function.getDescription(),
                kind(function.getName(), function.getType()),
                function.getInputFieldNamesList(),
                function.getOutputFieldNamesList(),
                Parameters.of(function.getParamsList()).asMap());
    }

    static io.milvus.grpc.FunctionSchema encode(CollectionSchema schema, FunctionSchema function) {
        var message = io.milvus.grpc.FunctionSchema.newBuilder()
                .setId(function.id())
                .setName(function.name())
                .setDescription(function.description())
                .setType(type(function.kind()))
                .addAllInputFieldNames(function.inputs())
                .addAllOutputFieldNames(function.outputs())
                .addAllParams(Parameters.pairs(function.params()));
        function.inputs()
                .forEach(name -> message.addInputFieldIds(schema.field(name).id()));
        function.outputs()
                .forEach(name -> message.addOutputFieldIds(schema.field(name).id()));
        return message.build();
    }

    /** @param name in any case, as REST spells it */
    static FunctionKind kind(String function, String name) {
        for (FunctionType type : FunctionType.values()) {
            if (type.name().equalsIgnoreCase(name)) {
                return kind(function, type);
            }
        }
        throw Invalid.of("function " + function + ": unknown type", "BM25", name);
    }

    private static FunctionKind kind(String name, FunctionType type) {
        return switch (type) {
            case BM25 -> FunctionKind.BM25;
            case TextEmbedding -> FunctionKind.TEXT_EMBEDDING;
            case Rerank ->
                throw new Invalid("function " + name + ": Rerank functions belong to searches, not to schemas");
            case Unknown, UNRECOGNIZED -> throw new Unsupported("check function params with unknown function type");
        };
    }

    static FunctionType type(FunctionKind kind) {
        return switch (kind) {
            case BM25 -> FunctionType.BM25;
            case TEXT_EMBEDDING -> FunctionType.TextEmbedding;
            case MIN_HASH -> throw new IllegalStateException("the wire has no functions of " + kind);
        };
    }
}
