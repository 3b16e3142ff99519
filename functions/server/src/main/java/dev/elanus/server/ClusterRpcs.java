package dev.elanus.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.engine.Database;
import dev.elanus.engine.EngineStatus;
import dev.elanus.engine.ResourceGroups;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.error.Unavailable;
import dev.elanus.error.Unsupported;
import dev.elanus.wire.Json;
import dev.elanus.wire.Statuses;
import io.milvus.grpc.CalcDistanceRequest;
import io.milvus.grpc.CalcDistanceResults;
import io.milvus.grpc.ComponentInfo;
import io.milvus.grpc.ComponentStates;
import io.milvus.grpc.GetComponentStatesRequest;
import io.milvus.grpc.GetMetricsRequest;
import io.milvus.grpc.GetMetricsResponse;
import io.milvus.grpc.LoadBalanceRequest;
import io.milvus.grpc.ReplicateMessageRequest;
import io.milvus.grpc.ReplicateMessageResponse;
import io.milvus.grpc.StateCode;
import io.milvus.grpc.Status;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** What operators ask of a cluster, answered by its one node; and what Milvus itself does not offer any more. */
@Singleton
class ClusterRpcs implements RpcGroup {
    private static final String ROLE = "standalone";
    /** What the one node does, each of which Milvus has a node for. */
    private static final List<String> ROLES = List.of("proxy", "querynode", "datanode");

    private final Database database;

    ClusterRpcs(Database database) {
        this.database = database;
    }

    @Override
    public List<Rpc<?, ?>> all() {
        return List.of(
                new Rpc<>(
                        "GetMetrics",
                        GetMetricsRequest.getDefaultInstance(),
                        GetMetricsResponse.getDefaultInstance(),
                        this::metrics),
                new Rpc<>(
                        "GetComponentStates",
                        GetComponentStatesRequest.getDefaultInstance(),
                        ComponentStates.getDefaultInstance(),
                        (_, _) -> states()),
                new Rpc<>(
                        "LoadBalance",
                        LoadBalanceRequest.getDefaultInstance(),
                        Status.getDefaultInstance(),
                        this::balance),
                new Rpc<>(
                        "CalcDistance",
                        CalcDistanceRequest.getDefaultInstance(),
                        CalcDistanceResults.getDefaultInstance(),
                        (_, _) -> {
                            throw new Unavailable("CalcDistance deprecated: service unavailable");
                        }),
                new Rpc<>(
                        "ReplicateMessage",
                        ReplicateMessageRequest.getDefaultInstance(),
                        ReplicateMessageResponse.getDefaultInstance(),
                        (_, _) -> {
                            throw new Unavailable("not supported in streaming mode: service unavailable");
                        }));
    }

    private static ComponentStates states() {
        return ComponentStates.newBuilder()
                .setStatus(Statuses.success())
                .setState(ComponentInfo.newBuilder()
                        .setNodeID(ResourceGroups.NODE)
                        .setRole(ROLE)
                        .setStateCode(StateCode.Healthy))
                .build();
    }

    private GetMetricsResponse metrics(Call call, GetMetricsRequest request) {
        JsonNode asked = Json.parse(request.getRequest(), "metrics request");
        String type = asked.path("metric_type").asText();
        if (type.isEmpty()) {
            throw new Invalid("metric_type not found in request: invalid parameter");
        }
        if (!type.equals("system_info")) {
            throw new Unsupported("sorry, metric type " + type + " is not supported: service unimplemented");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ROLES.forEach(role -> describe(answer.withArray("nodes_info").addObject(), role));
        return GetMetricsResponse.newBuilder()
                .setStatus(Statuses.success())
                .setResponse(answer.toString())
                .setComponentName(ROLE + ResourceGroups.NODE)
                .build();
    }

    private void describe(ObjectNode node, String role) {
        node.put("identifier", ResourceGroups.NODE).putArray("connected");
        ObjectNode infos = node.putObject("infos")
                .put("name", role + ResourceGroups.NODE)
                .put("type", role)
                .put("id", ResourceGroups.NODE)
                .put("has_error", false)
                .put("error_reason", "");
        infos.putObject("system_info").put("build_version", SystemRpcs.VERSION).put("deploy_mode", "STANDALONE");
        infos.set("quota_metrics", quotas(database.status()));
    }

    /** What limits reads and writes at this moment. */
    static ObjectNode quotas(EngineStatus status) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("computeWidth", status.computeWidth())
                .put("mirrorBytes", status.mirrorBytes())
                .put("unsealedBytes", status.unsealedBytes())
                .put("readsWaiting", status.reads().waiting())
                .put("readsReservedBytes", status.reads().reservedBytes())
                .put("writesWaiting", status.writes().waiting())
                .put("writesReservedBytes", status.writes().reservedBytes());
    }

    /** There is nowhere to move anything. */
    private Status balance(Call call, LoadBalanceRequest request) {
        database.describeCollection(call.collection(request.getDbName(), request.getCollectionName()));
        List<Long> nodes = new ArrayList<>(request.getDstNodeIDsList());
        nodes.add(request.getSrcNodeID());
        for (long node : nodes) {
            if (node != ResourceGroups.NODE) {
                throw new NotFound(NotFound.Kind.NODE, "node not found[node=" + node + "]");
            }
        }
        return Statuses.success();
    }
}
