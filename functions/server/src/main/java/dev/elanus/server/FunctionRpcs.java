package dev.elanus.server;

import dev.elanus.engine.Alterations;
import dev.elanus.engine.Database;
import dev.elanus.wire.AlterCodec;
import dev.elanus.wire.Statuses;
import io.milvus.grpc.AddCollectionFunctionRequest;
import io.milvus.grpc.AlterCollectionFunctionRequest;
import io.milvus.grpc.DropCollectionFunctionRequest;
import io.milvus.grpc.Status;
import jakarta.inject.Singleton;
import java.util.List;

/** Functions of collections that are there already. */
@Singleton
class FunctionRpcs implements RpcGroup {
    private final Alterations alterations;

    FunctionRpcs(Database database) {
        this.alterations = database.alterations();
    }

    @Override
    public List<Rpc<?, ?>> all() {
        Status status = Status.getDefaultInstance();
        return List.of(
                new Rpc<>(
                        "AddCollectionFunction", AddCollectionFunctionRequest.getDefaultInstance(), status, this::add),
                new Rpc<>(
                        "AlterCollectionFunction",
                        AlterCollectionFunctionRequest.getDefaultInstance(),
                        status,
                        this::alter),
                new Rpc<>(
                        "DropCollectionFunction",
                        DropCollectionFunctionRequest.getDefaultInstance(),
                        status,
                        this::drop));
    }

    private Status add(Call call, AddCollectionFunctionRequest request) {
        alterations.addFunction(
                call.collection(request.getDbName(), request.getCollectionName()),
                AlterCodec.function(request.hasFunctionSchema(), request.getFunctionSchema()));
        return Statuses.success();
    }

    private Status alter(Call call, AlterCollectionFunctionRequest request) {
        alterations.alterFunction(
                call.collection(request.getDbName(), request.getCollectionName()),
                request.getFunctionName(),
                AlterCodec.function(request.hasFunctionSchema(), request.getFunctionSchema()));
        return Statuses.success();
    }

    private Status drop(Call call, DropCollectionFunctionRequest request) {
        alterations.dropFunction(
                call.collection(request.getDbName(), request.getCollectionName()), request.getFunctionName());
        return Statuses.success();
    }
}
