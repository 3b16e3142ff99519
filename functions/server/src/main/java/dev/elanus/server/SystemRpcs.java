package dev.elanus.server;

import dev.elanus.engine.Database;
import dev.elanus.schema.CollectionName;
import dev.elanus.wire.Statuses;
import io.milvus.grpc.AllocTimestampRequest;
import io.milvus.grpc.AllocTimestampResponse;
import io.milvus.grpc.CheckHealthRequest;
import io.milvus.grpc.CheckHealthResponse;
import io.milvus.grpc.ConnectRequest;
import io.milvus.grpc.ConnectResponse;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.GetVersionResponse;
import io.milvus.grpc.ServerInfo;
import jakarta.inject.Singleton;
import java.util.List;

/** What clients ask a server about itself. */
@Singleton
class SystemRpcs implements RpcGroup {
    /** The version of Milvus whose behaviour clients may expect. */
    static final String VERSION = "v2.6.0";

    private final Database database;

    SystemRpcs(Database database) {
        this.database = database;
    }

    @Override
    public List<Rpc<?, ?>> all() {
        return List.of(
                new Rpc<>(
                        "Connect",
                        ConnectRequest.getDefaultInstance(),
                        ConnectResponse.getDefaultInstance(),
                        this::connect),
                new Rpc<>(
                        "GetVersion",
                        GetVersionRequest.getDefaultInstance(),
                        GetVersionResponse.getDefaultInstance(),
                        (_, _) -> GetVersionResponse.newBuilder()
                                .setStatus(Statuses.success())
                                .setVersion(VERSION)
                                .build()),
                new Rpc<>(
                        "AllocTimestamp",
                        AllocTimestampRequest.getDefaultInstance(),
                        AllocTimestampResponse.getDefaultInstance(),
                        (_, _) -> AllocTimestampResponse.newBuilder()
                                .setStatus(Statuses.success())
                                .setTimestamp(database.allocateTimestamp())
                                .build()),
                new Rpc<>(
                        "CheckHealth",
                        CheckHealthRequest.getDefaultInstance(),
                        CheckHealthResponse.getDefaultInstance(),
                        this::checkHealth));
    }

    private ConnectResponse connect(Call call, ConnectRequest request) {
        String named = call.database("");
        if (!named.equals(CollectionName.DEFAULT_DATABASE)) {
            // Clients expect to be told of a missing database when they connect, not at their first request.
            database.names().describeDatabase(named);
        }
        return ConnectResponse.newBuilder()
                .setStatus(Statuses.success())
                .setServerInfo(ServerInfo.newBuilder()
                        .setBuildTags(VERSION)
                        .setDeployMode("STANDALONE")
                        .putReserved("server", "elanus"))
                .setIdentifier(database.allocateTimestamp())
                .build();
    }

    private CheckHealthResponse checkHealth(Call call, CheckHealthRequest request) {
        database.checkStore();
        return CheckHealthResponse.newBuilder()
                .setStatus(Statuses.success())
                .setIsHealthy(true)
                .build();
    }
}
