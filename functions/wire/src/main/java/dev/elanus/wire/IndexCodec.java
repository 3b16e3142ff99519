package dev.elanus.wire;

import dev.elanus.engine.IndexDescription;
import dev.elanus.engine.NewIndex;
import dev.elanus.schema.CollectionName;
import io.milvus.grpc.CreateIndexRequest;
import io.milvus.grpc.IndexState;
import java.util.LinkedHashMap;
import java.util.Map;

/** Indexes from messages and to messages. */
public final class IndexCodec {
    private IndexCodec() {}

    public static NewIndex decode(CreateIndexRequest message, CollectionName collection) {
        // As they are: what is described is what was given.
        Map<String, String> params =
                new LinkedHashMap<>(Parameters.of(message.getExtraParamsList()).asMap());
        params.values().removeIf(String::isEmpty);
        return new NewIndex(collection, message.getFieldName(), message.getIndexName(), params);
    }

    /**
     * The state that clients wait for. An index answers searches from the start, because rows that it does not cover yet are searched exactly, but who
     * waits for it means all sealed rows.
     */
    public static IndexState state(IndexDescription index) {
        return index.pendingRows() == 0 ? IndexState.Finished : IndexState.InProgress;
    }

    /** The index as clients see it. */
    public static io.milvus.grpc.IndexDescription encode(IndexDescription index) {
        return io.milvus.grpc.IndexDescription.newBuilder()
                .setIndexID(index.id())
                .setIndexName(index.name())
                .setFieldName(index.fieldName())
                .addAllParams(Parameters.pairs(index.params()))
                .setTotalRows(index.totalRows())
                .setIndexedRows(index.indexedRows())
                .setPendingIndexRows(index.pendingRows())
                .setState(state(index))
                .build();
    }
}
