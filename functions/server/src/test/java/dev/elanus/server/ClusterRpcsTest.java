package dev.elanus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import dev.elanus.engine.ElanusDatabase;
import dev.elanus.engine.EngineSettings;
import dev.elanus.engine.NewCollection;
import dev.elanus.error.DatabaseException;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.storage.MemoryStore;
import dev.elanus.wire.WireCode;
import io.milvus.grpc.BatchDescribeCollectionRequest;
import io.milvus.grpc.BatchDescribeCollectionResponse;
import io.milvus.grpc.CalcDistanceRequest;
import io.milvus.grpc.ComponentStates;
import io.milvus.grpc.GetComponentStatesRequest;
import io.milvus.grpc.GetMetricsRequest;
import io.milvus.grpc.GetMetricsResponse;
import io.milvus.grpc.LoadBalanceRequest;
import io.milvus.grpc.ManualCompactionRequest;
import io.milvus.grpc.ManualCompactionResponse;
import io.milvus.grpc.ReplicateMessageRequest;
import io.milvus.grpc.ShowCollectionsRequest;
import io.milvus.grpc.ShowCollectionsResponse;
import io.milvus.grpc.StateCode;
import io.milvus.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterRpcsTest {
    private static final CollectionName THINGS = CollectionName.of("things");

    @TempDir
    Path folder;

    private final MachineHost host = new MachineHost(2);
    private ElanusDatabase database;

    @BeforeEach
    void open() {
        database = ElanusDatabase.open(
                new MemoryStore(InstantSource.system()),
                host,
                EngineSettings.defaults(folder).withMaintenance(false));
        create(THINGS, 3);
    }

    @AfterEach
    void close() {
        database.close();
        host.close();
    }

    private void create(CollectionName name, int shards) {
        CollectionSchema schema = new CollectionSchema(
                "", List.of(Field.scalar(0, "id", DataType.INT64).asPrimaryKey(false), Field.vector(0, "v", 2)), false);
        database.createCollection(new NewCollection(name, schema, ConsistencyLevel.STRONG, shards, Map.of()));
    }

    @SuppressWarnings("unchecked")
    private static <A> A ask(RpcGroup group, String name, Message request) {
        Rpc<Message, ?> rpc = (Rpc<Message, ?>) group.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        return (A) rpc.handler().apply(new Call("grpc", name, "", Duration.ofMinutes(1)), request);
    }

    private void refused(RpcGroup group, String name, Message request, int code, String text) {
        assertThatThrownBy(() -> ask(group, name, request)).isInstanceOfSatisfying(DatabaseException.class, refusal -> {
            assertThat(refusal).hasMessageContaining(text);
            assertThat(WireCode.of(refusal).number()).isEqualTo(code);
        });
    }

    @Test
    void whatMilvusDoesNotOfferAnyMoreIsUnavailable() {
        ClusterRpcs rpcs = new ClusterRpcs(database);
        refused(rpcs, "CalcDistance", CalcDistanceRequest.getDefaultInstance(), 2, "CalcDistance deprecated");
        refused(rpcs, "ReplicateMessage", ReplicateMessageRequest.getDefaultInstance(), 2, "not supported");
    }

    @Test
    void thereIsNowhereToMoveALoad() {
        ClusterRpcs rpcs = new ClusterRpcs(database);
        LoadBalanceRequest.Builder request =
                LoadBalanceRequest.newBuilder().setCollectionName("things").setSrcNodeID(1);
        assertThat(((Status) ask(rpcs, "LoadBalance", request.build())).getCode())
                .isZero();
        refused(rpcs, "LoadBalance", request.setSrcNodeID(7).build(), 901, "node not found[node=7]");
        refused(rpcs, "LoadBalance", request.setCollectionName("none").build(), 100, "can't find collection");
    }

    @Test
    void theOneNodeTellsHowItIs() {
        ClusterRpcs rpcs = new ClusterRpcs(database);
        ComponentStates states = ask(rpcs, "GetComponentStates", GetComponentStatesRequest.getDefaultInstance());
        assertThat(states.getState().getStateCode()).isEqualTo(StateCode.Healthy);
        GetMetricsRequest.Builder request = GetMetricsRequest.newBuilder();
        GetMetricsResponse metrics = ask(
                rpcs,
                "GetMetrics",
                request.setRequest("{\"metric_type\":\"system_info\"}").build());
        assertThat(metrics.getResponse()).contains("\"nodes_info\":[{", "\"unsealedBytes\":0");
        refused(
                rpcs,
                "GetMetrics",
                request.setRequest("{\"metric_type\":\"x\"}").build(),
                10,
                "x is not supported");
        refused(rpcs, "GetMetrics", request.setRequest("{}").build(), 1100, "metric_type not found in request");
    }

    @Test
    void aListingNamesEveryCollectionAndFollowsEveryChange() {
        CollectionRpcs rpcs = new CollectionRpcs(database);
        ShowCollectionsRequest request = ShowCollectionsRequest.getDefaultInstance();
        ShowCollectionsResponse first = ask(rpcs, "ShowCollections", request);
        assertThat(first.getCollectionNamesList()).containsExactly("things");
        assertThat(first.getShardsNumList()).containsExactly(3);
        assertThat(first.getCreatedTimestamps(0))
                .isEqualTo(database.describeCollection(THINGS).createdTimestamp());
        ShowCollectionsResponse again = ask(rpcs, "ShowCollections", request);
        assertThat(again).isSameAs(first);
        create(CollectionName.of("more"), 1);
        ShowCollectionsResponse second = ask(rpcs, "ShowCollections", request);
        assertThat(second.getCollectionNamesList()).containsExactly("more", "things");
        ShowCollectionsResponse loaded =
                ask(rpcs, "ShowCollections", request.toBuilder().setTypeValue(1).build());
        assertThat(loaded.getCollectionNamesList()).isEmpty();
    }

    @Test
    void aSegmentIsNotMadeSmallerOnDemand() {
        CompactionRpcs rpcs = new CompactionRpcs(database);
        ManualCompactionRequest.Builder request =
                ManualCompactionRequest.newBuilder().setCollectionName("things");
        refused(rpcs, "ManualCompaction", request.setTargetSize(1).build(), 1100, "targetSize 1 MB is less than");
        ManualCompactionResponse done =
                ask(rpcs, "ManualCompaction", request.setTargetSize(2_048).build());
        assertThat(done.getCompactionPlanCount()).isZero();
    }

    @Test
    void ofSeveralCollectionsEachIsDescribedOrRefused() {
        BatchDescribeCollectionResponse answer = ask(
                new AlterRpcs(database),
                "BatchDescribeCollection",
                BatchDescribeCollectionRequest.newBuilder()
                        .addCollectionName("none")
                        .addCollectionName("things")
                        .build());
        assertThat(answer.getStatus().getCode()).isZero();
        assertThat(answer.getResponses(0).getStatus().getCode()).isEqualTo(100);
        assertThat(answer.getResponses(1).getCollectionName()).isEqualTo("things");
    }
}
