package dev.elanus.wire;

import dev.elanus.engine.FieldOperation;
import dev.elanus.engine.WriteResult;
import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;
import dev.elanus.search.FilterText;
import io.milvus.grpc.DeleteRequest;
import io.milvus.grpc.FieldPartialUpdateOp;
import io.milvus.grpc.InsertRequest;
import io.milvus.grpc.MutationResult;
import io.milvus.grpc.UpsertRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes from messages and to messages. */
public final class WriteCodec {
    private WriteCodec() {}

    /** @throws Unsupported if the write asks for what is not offered */
    public static void checkOffered(InsertRequest message) {
        checkNamespace(message.hasNamespace() ? message.getNamespace() : "");
    }

    /** @throws Unsupported if the write asks for what is not offered */
    public static void checkOffered(UpsertRequest message) {
        checkNamespace(message.hasNamespace() ? message.getNamespace() : "");
    }

    /** Whether fields that are not given keep their values: as an operation that needs them implies, too. */
    public static boolean isPartial(UpsertRequest message) {
        return message.getPartialUpdate()
                || message.getFieldOpsList().stream()
                        .anyMatch(operation -> operation.getOp() != FieldPartialUpdateOp.OpType.REPLACE);
    }

    /** What is done with each field that is not simply replaced. */
    public static Map<String, FieldOperation> operations(UpsertRequest message) {
        Map<String, FieldOperation> operations = new LinkedHashMap<>();
        for (FieldPartialUpdateOp one : message.getFieldOpsList()) {
            FieldOperation operation = switch (one.getOp()) {
                case REPLACE -> FieldOperation.REPLACE;
                case ARRAY_APPEND -> FieldOperation.ARRAY_APPEND;
                case ARRAY_REMOVE -> FieldOperation.ARRAY_REMOVE;
                case UNRECOGNIZED ->
                    throw new Unsupported("field_ops of " + one.getFieldName() + ": operation " + one.getOpValue()
                            + " is not supported");
            };
            if (operations.put(one.getFieldName(), operation) != null) {
                throw new Invalid("field_ops names field " + one.getFieldName() + " twice: invalid parameter");
            }
        }
        return operations;
    }

    /** @throws Unsupported if the write asks for what is not offered */
    public static FilterText decode(DeleteRequest message) {
        return Templates.filter(message.getExpr(), message.getExprTemplateValuesMap());
    }

    public static MutationResult inserted(WriteResult write) {
        return rows(write).setInsertCnt(write.count()).build();
    }

    /** An upsert inserts its rows, and Milvus counts them so, too. */
    public static MutationResult upserted(WriteResult write) {
        return rows(write)
                .setInsertCnt(write.count())
                .setUpsertCnt(write.count())
                .build();
    }

    /** Without keys: pymilvus would return them in place of the count. */
    public static MutationResult deleted(WriteResult write) {
        return acknowledged(write).setDeleteCnt(write.count()).build();
    }

    private static MutationResult.Builder rows(WriteResult write) {
        MutationResult.Builder result = acknowledged(write).setIDs(RowsEncoder.keys(write.keys()));
        for (int row = 0; row < write.keys().rowCount(); row++) {
            result.addSuccIndex(row);
        }
        return result;
    }

    private static MutationResult.Builder acknowledged(WriteResult write) {
        return MutationResult.newBuilder()
                .setStatus(Statuses.success())
                .setAcknowledged(true)
                .setTimestamp(write.timestamp());
    }

    private static void checkNamespace(String name) {
        if (!name.isEmpty()) {
            throw new Unsupported("namespace " + name + ": namespaces are not supported");
        }
    }
}
