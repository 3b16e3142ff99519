package dev.elanus.server;

import dev.elanus.column.Columns;
import dev.elanus.engine.Database;
import dev.elanus.engine.FlushResult;
import dev.elanus.engine.WriteKind;
import dev.elanus.engine.WriteResult;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.wire.CollectionCodec;
import dev.elanus.wire.RowsDecoder;
import dev.elanus.wire.Statuses;
import dev.elanus.wire.WriteCodec;
import io.milvus.grpc.DeleteRequest;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.FlushResponse;
import io.milvus.grpc.GetFlushStateRequest;
import io.milvus.grpc.GetFlushStateResponse;
import io.milvus.grpc.InsertRequest;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.MutationResult;
import io.milvus.grpc.UpsertRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;

/** Writes: rows in, rows replaced, rows out, and sealing what was written. */
@Singleton
class WriteRpcs implements RpcGroup {
    private final Database database;

    WriteRpcs(Database database) {
        this.database = database;
    }

    @Override
    public List<Rpc<?, ?>> all() {
        MutationResult result = MutationResult.getDefaultInstance();
        return List.of(
                new Rpc<>("Insert", InsertRequest.getDefaultInstance(), result, this::insert),
                new Rpc<>("Upsert", UpsertRequest.getDefaultInstance(), result, this::upsert),
                new Rpc<>("Delete", DeleteRequest.getDefaultInstance(), result, this::delete),
                new Rpc<>("Flush", FlushRequest.getDefaultInstance(), FlushResponse.getDefaultInstance(), this::flush),
                new Rpc<>(
                        "GetFlushState",
                        GetFlushStateRequest.getDefaultInstance(),
                        GetFlushStateResponse.getDefaultInstance(),
                        // Flush answers when everything is sealed.
                        (_, _) -> GetFlushStateResponse.newBuilder()
                                .setStatus(Statuses.success())
                                .setFlushed(true)
                                .build()));
    }

    private MutationResult insert(Call call, InsertRequest request) {
        CollectionName name = call.collection(request.getDbName(), request.getCollectionName());
        WriteCodec.checkOffered(request);
        WriteResult written = database.insert(
                name,
                request.getPartitionName(),
                schema ->
                        RowsDecoder.decode(schema, request.getFieldsDataList(), request.getNumRows(), WriteKind.INSERT),
                request.getSchemaTimestamp(),
                call.limit());
        call.rows(written.count());
        return WriteCodec.inserted(written);
    }

    private MutationResult upsert(Call call, UpsertRequest request) {
        CollectionName name = call.collection(request.getDbName(), request.getCollectionName());
        WriteCodec.checkOffered(request);
        boolean partial = WriteCodec.isPartial(request);
        Function<CollectionSchema, Columns> rows = schema -> RowsDecoder.decode(
                schema,
                request.getFieldsDataList(),
                request.getNumRows(),
                partial ? WriteKind.UPDATE : WriteKind.UPSERT);
        WriteResult written = partial
                ? database.update(
                        name,
                        request.getPartitionName(),
                        rows,
                        WriteCodec.operations(request),
                        request.getSchemaTimestamp(),
                        call.limit())
                : database.upsert(name, request.getPartitionName(), rows, request.getSchemaTimestamp(), call.limit());
        call.rows(written.count());
        return WriteCodec.upserted(written);
    }

    private MutationResult delete(Call call, DeleteRequest request) {
        CollectionName name = call.collection(request.getDbName(), request.getCollectionName());
        WriteResult written =
                database.delete(name, request.getPartitionName(), WriteCodec.decode(request), call.limit());
        call.rows(written.count());
        return WriteCodec.deleted(written);
    }

    private FlushResponse flush(Call call, FlushRequest request) {
        FlushResponse.Builder answer =
                FlushResponse.newBuilder().setStatus(Statuses.success()).setDbName(call.database(request.getDbName()));
        for (String collection : request.getCollectionNamesList()) {
            FlushResult flushed = database.flush(call.collection(request.getDbName(), collection));
            LongArray segments =
                    LongArray.newBuilder().addAllData(flushed.segmentIds()).build();
            answer.putCollSegIDs(collection, segments)
                    .putFlushCollSegIDs(collection, segments)
                    .putCollSealTimes(collection, CollectionCodec.milliseconds(flushed.timestamp()) / 1000)
                    .putCollFlushTs(collection, flushed.timestamp());
        }
        return answer.build();
    }
}
