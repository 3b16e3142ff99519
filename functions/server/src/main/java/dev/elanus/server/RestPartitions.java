package dev.elanus.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.engine.Database;
import dev.elanus.engine.PartitionDirectory;
import dev.elanus.schema.CollectionName;
import dev.elanus.wire.RestAnswers;
import dev.elanus.wire.RestBody;
import jakarta.inject.Singleton;
import java.util.List;

/** REST paths under {@code partitions/}, and the state of loading. */
@Singleton
class RestPartitions implements RestGroup {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private final Database database;

    /** Does something with one partition. */
    private interface Work {
        void of(PartitionDirectory partitions, CollectionName collection, String partition);
    }

    /** Does something with several partitions. */
    private interface Works {
        void of(PartitionDirectory partitions, CollectionName collection, List<String> names);
    }

    RestPartitions(Database database) {
        this.database = database;
    }

    @Override
    public List<RestCall> all() {
        String one = "PartitionReq";
        return List.of(
                new RestCall("partitions/list", "ShowPartitions", "CollectionNameReq", this::list),
                new RestCall("partitions/has", "HasPartition", one, this::has),
                new RestCall("partitions/get_stats", "GetPartitionStatistics", one, this::statistics),
                new RestCall("collections/get_load_state", "GetLoadState", "CollectionNameReq", this::loadState),
                one("partitions/create", "CreatePartition", PartitionDirectory::create),
                one("partitions/drop", "DropPartition", PartitionDirectory::drop),
                some("partitions/load", "LoadPartitions", PartitionDirectory::load),
                some("partitions/release", "ReleasePartitions", PartitionDirectory::release));
    }

    private RestCall one(String path, String function, Work work) {
        return new RestCall(path, function, "PartitionReq", (call, body, _) -> {
            work.of(database.partitions(), RestCollections.name(call, body), body.required("partitionName"));
            return RestAnswers.of(JSON.objectNode());
        });
    }

    private RestCall some(String path, String function, Works work) {
        return new RestCall(path, function, "PartitionsReq", (call, body, _) -> {
            work.of(database.partitions(), RestCollections.name(call, body), body.texts("partitionNames"));
            return RestAnswers.of(JSON.objectNode());
        });
    }

    private ObjectNode list(Call call, RestBody body, RestAnswers answers) {
        ArrayNode names = JSON.arrayNode();
        database.partitions().list(RestCollections.name(call, body)).forEach(partition -> names.add(partition.name()));
        return RestAnswers.of(names);
    }

    private ObjectNode has(Call call, RestBody body, RestAnswers answers) {
        CollectionName name = RestCollections.name(call, body);
        return RestAnswers.of(
                JSON.objectNode().put("has", database.partitions().has(name, body.required("partitionName"))));
    }

    private ObjectNode statistics(Call call, RestBody body, RestAnswers answers) {
        CollectionName name = RestCollections.name(call, body);
        long rows = database.partitions().rowCount(name, body.required("partitionName"));
        return RestAnswers.of(JSON.objectNode().put("rowCount", rows));
    }

    private ObjectNode loadState(Call call, RestBody body, RestAnswers answers) {
        CollectionName name = RestCollections.name(call, body);
        boolean loaded = database.partitions().areLoaded(name, body.texts("partitionNames"));
        return RestAnswers.of(JSON.objectNode()
                .put("loadState", loaded ? "LoadStateLoaded" : "LoadStateNotLoad")
                .put("loadProgress", loaded ? 100 : 0)
                .put("message", ""));
    }
}
