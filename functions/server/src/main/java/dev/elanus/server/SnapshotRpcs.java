package dev.elanus.server;

import static dev.elanus.wire.SnapshotMessages.flag;
import static dev.elanus.wire.SnapshotMessages.number;
import static dev.elanus.wire.SnapshotMessages.set;
import static dev.elanus.wire.SnapshotMessages.text;

import com.google.protobuf.DynamicMessage;
import dev.elanus.engine.CollectionDescription;
import dev.elanus.engine.Database;
import dev.elanus.engine.SnapshotDescription;
import dev.elanus.error.Unsupported;
import dev.elanus.schema.CollectionName;
import dev.elanus.wire.Names;
import dev.elanus.wire.SnapshotMessages;
import dev.elanus.wire.Statuses;
import io.milvus.grpc.Status;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The snapshot calls that Milvus has since 3.0. A restored collection is there when the call returns: its job is done, and has the collection's
 * id.
 */
@Singleton
class SnapshotRpcs {
    /** Milvus's number of {@code RestoreSnapshotCompleted}. */
    private static final int COMPLETED = 3;

    private final Database database;
    private final SnapshotMessages messages = new SnapshotMessages();

    SnapshotRpcs(Database database) {
        this.database = database;
    }

    List<Rpc<?, ?>> all() {
        Status status = Status.getDefaultInstance();
        return List.of(
                new Rpc<>("CreateSnapshot", messages.empty("CreateSnapshotRequest"), status, this::create),
                new Rpc<>("DropSnapshot", messages.empty("DropSnapshotRequest"), status, this::drop),
                rpc("ListSnapshots", "ListSnapshotsRequest", "ListSnapshotsResponse", this::list),
                rpc("DescribeSnapshot", "DescribeSnapshotRequest", "DescribeSnapshotResponse", this::describe),
                rpc("RestoreSnapshot", "RestoreSnapshotRequest", "RestoreSnapshotResponse", this::restore),
                rpc(
                        "GetRestoreSnapshotState",
                        "GetRestoreSnapshotStateRequest",
                        "GetRestoreSnapshotStateResponse",
                        this::state));
    }

    private interface Handler {
        DynamicMessage answer(Call call, DynamicMessage request);
    }

    private Rpc<DynamicMessage, DynamicMessage> rpc(String name, String request, String answer, Handler handler) {
        return new Rpc<>(name, messages.empty(request), messages.empty(answer), handler::answer);
    }

    private Status create(Call call, DynamicMessage request) {
        if (number(request, "compaction_protection_seconds") != 0) {
            throw new Unsupported(
                    "compaction_protection_seconds is not supported: compaction takes nothing from a snapshot");
        }
        database.createSnapshot(collection(call, request), text(request, "name"), text(request, "description"));
        return Statuses.success();
    }

    private Status drop(Call call, DynamicMessage request) {
        database.dropSnapshot(collection(call, request), text(request, "name"));
        return Statuses.success();
    }

    private DynamicMessage list(Call call, DynamicMessage request) {
        if (text(request, "collection_name").isEmpty()) {
            throw new Unsupported("listing the snapshots of all collections is not supported: name one");
        }
        DynamicMessage.Builder answer = messages.answer("ListSnapshotsResponse");
        set(
                answer,
                "snapshots",
                database.listSnapshots(collection(call, request)).stream()
                        .map(SnapshotDescription::name)
                        .toList());
        return answer.build();
    }

    private DynamicMessage describe(Call call, DynamicMessage request) {
        SnapshotDescription found = database.describeSnapshot(collection(call, request), text(request, "name"));
        DynamicMessage.Builder answer = messages.answer("DescribeSnapshotResponse");
        set(answer, "name", found.name());
        set(answer, "description", found.description());
        set(answer, "collection_name", found.collection().name());
        set(answer, "partition_names", List.of(Names.DEFAULT_PARTITION));
        set(answer, "create_ts", found.createdTimestamp());
        return answer.build();
    }

    private DynamicMessage restore(Call call, DynamicMessage request) {
        if (flag(request, "rewrite_data")) {
            throw new Unsupported("rewrite_data is not supported: a restored collection shares its objects");
        }
        CollectionName target =
                call.collection(text(request, "target_db_name"), text(request, "target_collection_name"));
        CollectionDescription restored =
                database.restoreSnapshot(collection(call, request), text(request, "name"), target);
        DynamicMessage.Builder answer = messages.answer("RestoreSnapshotResponse");
        set(answer, "job_id", restored.id());
        return answer.build();
    }

    private DynamicMessage state(Call call, DynamicMessage request) {
        CollectionDescription restored = database.describeCollection(number(request, "job_id"));
        DynamicMessage.Builder info = messages.empty("RestoreSnapshotInfo").toBuilder();
        set(info, "job_id", restored.id());
        set(info, "db_name", restored.name().database());
        set(info, "collection_name", restored.name().name());
        set(info, "state", COMPLETED);
        set(info, "progress", 100);
        DynamicMessage.Builder answer = messages.answer("GetRestoreSnapshotStateResponse");
        set(answer, "info", info.build());
        return answer.build();
    }

    private static CollectionName collection(Call call, DynamicMessage request) {
        return call.collection(text(request, "db_name"), text(request, "collection_name"));
    }
}
