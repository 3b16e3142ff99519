package dev.elanus.server;

import dev.elanus.engine.Compaction;
import dev.elanus.engine.Database;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionName;
import dev.elanus.wire.Statuses;
import io.milvus.grpc.CompactionMergeInfo;
import io.milvus.grpc.CompactionState;
import io.milvus.grpc.GetCompactionPlansRequest;
import io.milvus.grpc.GetCompactionPlansResponse;
import io.milvus.grpc.GetCompactionStateRequest;
import io.milvus.grpc.GetCompactionStateResponse;
import io.milvus.grpc.ManualCompactionRequest;
import io.milvus.grpc.ManualCompactionResponse;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Compactions that clients ask for. */
@Singleton
class CompactionRpcs implements RpcGroup {
    private static final long MEBIBYTE = 1L << 20;
    /** The size of Milvus's segments, which are not made smaller on demand. */
    private static final long LEAST_TARGET = 1_024;

    private final Database database;

    CompactionRpcs(Database database) {
        this.database = database;
    }

    @Override
    public List<Rpc<?, ?>> all() {
        return List.of(
                new Rpc<>(
                        "ManualCompaction",
                        ManualCompactionRequest.getDefaultInstance(),
                        ManualCompactionResponse.getDefaultInstance(),
                        this::compact),
                new Rpc<>(
                        "GetCompactionState",
                        GetCompactionStateRequest.getDefaultInstance(),
                        GetCompactionStateResponse.getDefaultInstance(),
                        this::state),
                new Rpc<>(
                        "GetCompactionStateWithPlans",
                        GetCompactionPlansRequest.getDefaultInstance(),
                        GetCompactionPlansResponse.getDefaultInstance(),
                        this::plans));
    }

    /** Rows are always in the order of their keys and deletes always applied, so that every kind of compaction is this one. */
    private ManualCompactionResponse compact(Call call, ManualCompactionRequest request) {
        CollectionName name = request.getCollectionName().isEmpty() && request.getCollectionID() != 0
                ? database.describeCollection(request.getCollectionID()).name()
                : call.collection(request.getDbName(), request.getCollectionName());
        long megabytes = request.getTargetSize();
        if (megabytes > 0 && megabytes < LEAST_TARGET) {
            throw new Invalid("targetSize " + megabytes + " MB is less than the size of a segment, " + LEAST_TARGET
                    + " MB: invalid parameter");
        }
        Compaction compaction = database.compactions().start(name, megabytes * MEBIBYTE);
        return ManualCompactionResponse.newBuilder()
                .setStatus(Statuses.success())
                .setCompactionID(compaction.id())
                .setCompactionPlanCount(compaction.plans().size())
                .build();
    }

    /** One that nobody remembers is long over. */
    static CompactionState state(Optional<Compaction> found) {
        return found.isEmpty() || found.get().done() ? CompactionState.Completed : CompactionState.Executing;
    }

    private GetCompactionStateResponse state(Call call, GetCompactionStateRequest request) {
        Optional<Compaction> found = database.compactions().find(request.getCompactionID());
        GetCompactionStateResponse.Builder answer = GetCompactionStateResponse.newBuilder()
                .setStatus(Statuses.success())
                .setState(state(found));
        found.ifPresent(compaction -> answer.setExecutingPlanNo(compaction.executing())
                .setCompletedPlanNo(compaction.completed())
                .setFailedPlanNo(compaction.failed()));
        return answer.build();
    }

    private GetCompactionPlansResponse plans(Call call, GetCompactionPlansRequest request) {
        Optional<Compaction> found = database.compactions().find(request.getCompactionID());
        GetCompactionPlansResponse.Builder answer = GetCompactionPlansResponse.newBuilder()
                .setStatus(Statuses.success())
                .setState(state(found));
        found.ifPresent(compaction -> compaction
                .plans()
                .forEach(plan -> answer.addMergeInfos(CompactionMergeInfo.newBuilder()
                        .addAllSources(plan.sources())
                        .setTarget(plan.target().orElse(-1)))));
        return answer.build();
    }
}
