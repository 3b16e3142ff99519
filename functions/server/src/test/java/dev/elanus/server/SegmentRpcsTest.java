package dev.elanus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.VectorColumn;
import dev.elanus.engine.CollectionDescription;
import dev.elanus.engine.ElanusDatabase;
import dev.elanus.engine.EngineSettings;
import dev.elanus.engine.NewCollection;
import dev.elanus.engine.NewIndex;
import dev.elanus.error.NotFound;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.storage.MemoryStore;
import io.milvus.grpc.FlushAllRequest;
import io.milvus.grpc.FlushAllResponse;
import io.milvus.grpc.GetFlushAllStateRequest;
import io.milvus.grpc.GetFlushAllStateResponse;
import io.milvus.grpc.GetIndexStatisticsRequest;
import io.milvus.grpc.GetIndexStatisticsResponse;
import io.milvus.grpc.GetPersistentSegmentInfoRequest;
import io.milvus.grpc.GetPersistentSegmentInfoResponse;
import io.milvus.grpc.GetQuerySegmentInfoRequest;
import io.milvus.grpc.GetQuerySegmentInfoResponse;
import io.milvus.grpc.GetReplicasRequest;
import io.milvus.grpc.GetReplicasResponse;
import io.milvus.grpc.PersistentSegmentInfo;
import io.milvus.grpc.ReplicaInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentRpcsTest {
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
        CollectionSchema schema = new CollectionSchema(
                "", List.of(Field.scalar(0, "id", DataType.INT64).asPrimaryKey(false), Field.vector(0, "v", 2)), false);
        CollectionDescription made =
                database.createCollection(new NewCollection(THINGS, schema, ConsistencyLevel.STRONG, 1, Map.of()));
        Columns rows = new Columns(
                3,
                Map.of(
                        made.schema().field("id").id(), FixedColumn.ofLongs(new long[] {1, 2, 3}),
                        made.schema().field("v").id(), VectorColumn.of(new float[][] {{0, 0}, {1, 0}, {0, 1}}, 2)));
        database.insert(THINGS, "", rows, made.updatedTimestamp());
        database.names().createDatabase("other", Map.of());
        CollectionName elsewhere = new CollectionName("other", "things");
        database.createCollection(new NewCollection(elsewhere, schema, ConsistencyLevel.STRONG, 1, Map.of()));
        database.insert(elsewhere, "", rows, 0);
    }

    @AfterEach
    void close() {
        database.close();
        host.close();
    }

    @Test
    void flushingAllSealsTheRowsOfEveryCollection() {
        assertThat(stored().getInfosList()).isEmpty();
        FlushAllResponse flushed = ask("FlushAll", FlushAllRequest.getDefaultInstance());
        assertThat(flushed.getStatus().getCode()).isZero();
        assertThat(database.segments(new CollectionName("other", "things")))
                .as("of every database")
                .hasSize(1);
        GetFlushAllStateResponse state = ask("GetFlushAllState", GetFlushAllStateRequest.getDefaultInstance());
        assertThat(state.getFlushed()).isTrue();
        PersistentSegmentInfo segment = stored().getInfosList().getFirst();
        assertThat(segment.getNumRows()).isEqualTo(3);
        assertThat(segment.getPartitionID())
                .isEqualTo(database.partitions().list(THINGS).getFirst().id());
        database.partitions().create(THINGS, "other");
        assertThat(stored().getInfos(0).getPartitionID()).isEqualTo(-1);
    }

    @Test
    void onlyALoadedCollectionHasLoadedSegmentsAndAReplica() {
        ask("FlushAll", FlushAllRequest.getDefaultInstance());
        assertThat(loaded().getInfosList()).isEmpty();
        assertThat(replicas().getReplicasList()).isEmpty();
        database.createIndex(new NewIndex(THINGS, "v", "", Map.of("index_type", "FLAT", "metric_type", "L2")));
        database.load(THINGS);
        assertThat(loaded().getInfos(0).getNumRows()).isEqualTo(3);
        assertThat(loaded().getInfos(0).getNodeIdsList()).containsExactly(1L);
        ReplicaInfo replica = replicas().getReplicas(0);
        assertThat(replica.getShardReplicasCount()).isEqualTo(1);
        assertThat(replica.getPartitionIdsList())
                .containsExactly(database.partitions().list(THINGS).getFirst().id());
        assertThat(replica.getResourceGroupName()).isEqualTo("__default_resource_group");
    }

    @Test
    void statisticsOfIndexesCountTheRowsOfSegments() {
        database.createIndex(new NewIndex(THINGS, "v", "", Map.of("index_type", "FLAT", "metric_type", "L2")));
        ask("FlushAll", FlushAllRequest.getDefaultInstance());
        GetIndexStatisticsResponse statistics = ask(
                "GetIndexStatistics",
                GetIndexStatisticsRequest.newBuilder()
                        .setCollectionName("things")
                        .build());
        assertThat(statistics.getIndexDescriptionsCount()).isEqualTo(1);
        assertThat(statistics.getIndexDescriptions(0).getTotalRows()).isEqualTo(3);
        assertThatThrownBy(() -> ask(
                        "GetIndexStatistics",
                        GetIndexStatisticsRequest.newBuilder()
                                .setCollectionName("things")
                                .setIndexName("none")
                                .build()))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("index not found[indexName=none]");
    }

    @Test
    void segmentsOfAMissingCollectionAreNotFound() {
        assertThatThrownBy(() -> ask(
                        "GetPersistentSegmentInfo",
                        GetPersistentSegmentInfoRequest.newBuilder()
                                .setCollectionName("none")
                                .build()))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("can't find collection[database=default][collection=none]");
    }

    private GetPersistentSegmentInfoResponse stored() {
        return ask(
                "GetPersistentSegmentInfo",
                GetPersistentSegmentInfoRequest.newBuilder()
                        .setCollectionName("things")
                        .build());
    }

    private GetQuerySegmentInfoResponse loaded() {
        return ask(
                "GetQuerySegmentInfo",
                GetQuerySegmentInfoRequest.newBuilder()
                        .setCollectionName("things")
                        .build());
    }

    private GetReplicasResponse replicas() {
        long id = database.describeCollection(THINGS).id();
        return ask(
                "GetReplicas",
                GetReplicasRequest.newBuilder().setCollectionID(id).build());
    }

    @SuppressWarnings("unchecked") // Each name has one type of request and of answer.
    private <Q extends Message, A extends Message> A ask(String name, Q request) {
        Rpc<Q, A> rpc = (Rpc<Q, A>) Stream.of(new SegmentRpcs(database), new IndexRpcs(database))
                .flatMap(group -> group.all().stream())
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        return rpc.handler().apply(new Call("grpc", name, "", Duration.ofSeconds(30)), request);
    }
}
