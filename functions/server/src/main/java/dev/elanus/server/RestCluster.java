package dev.elanus.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.engine.CollectionDescription;
import dev.elanus.engine.Compaction;
import dev.elanus.engine.Database;
import dev.elanus.engine.ResourceGroup.Config;
import dev.elanus.engine.SegmentDescription;
import dev.elanus.wire.ResourceGroupCodec;
import dev.elanus.wire.RestAnswers;
import dev.elanus.wire.RestBody;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** REST paths about segments, compactions and groups of nodes. */
@Singleton
class RestCluster implements RestGroup {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private final Database database;

    RestCluster(Database database) {
        this.database = database;
    }

    @Override
    public List<RestCall> all() {
        String group = "ResourceGroupReq";
        return List.of(
                new RestCall("collections/compact", "ManualCompaction", "CompactReq", this::compact),
                new RestCall(
                        "collections/get_compaction_state", "GetCompactionState", "GetCompactionStateReq", this::state),
                new RestCall("segments/describe", "GetPersistentSegmentInfo", "GetSegmentsInfoReq", this::segments),
                new RestCall("quotacenter/describe", "GetMetrics", "EmptyReq", this::quotas),
                new RestCall("resource_groups/create", "CreateResourceGroup", group, this::create),
                new RestCall("resource_groups/alter", "UpdateResourceGroups", group, this::alter),
                new RestCall("resource_groups/drop", "DropResourceGroup", group, this::drop),
                new RestCall("resource_groups/describe", "DescribeResourceGroup", group, this::describe),
                new RestCall("resource_groups/list", "ListResourceGroups", "EmptyReq", this::list),
                new RestCall(
                        "resource_groups/transfer_replica", "TransferReplica", "TransferReplicaReq", this::transfer));
    }

    private ObjectNode compact(Call call, RestBody body, RestAnswers answers) {
        Compaction compaction = database.compactions().start(RestCollections.name(call, body), 0);
        return RestAnswers.of(JSON.objectNode().put("compactionID", compaction.id()));
    }

    private ObjectNode state(Call call, RestBody body, RestAnswers answers) {
        if (!body.has("jobID")) {
            throw body.missing("jobID");
        }
        long id = body.integer("jobID", 0);
        Optional<Compaction> found = database.compactions().find(id);
        return RestAnswers.of(JSON.objectNode()
                .put("compactionID", id)
                .put("state", CompactionRpcs.state(found).name())
                .put("executingPlanNo", found.map(Compaction::executing).orElse(0L))
                .put("timeoutPlanNo", 0)
                .put("completedPlanNo", found.map(Compaction::completed).orElse(0L))
                .put("failedPlanNo", found.map(Compaction::failed).orElse(0)));
    }

    private ObjectNode segments(Call call, RestBody body, RestAnswers answers) {
        CollectionDescription collection = database.describeCollection(body.integer("collectionID", 0));
        List<Long> wanted = new ArrayList<>();
        body.member("segmentIDs").forEach(id -> wanted.add(id.longValue()));
        ObjectNode data = JSON.objectNode();
        ArrayNode infos = data.putArray("segmentInfos");
        for (SegmentDescription segment : database.segments(collection.name())) {
            if (wanted.isEmpty() || wanted.contains(segment.id())) {
                infos.addObject()
                        .put("segmentID", segment.id())
                        .put("collectionID", collection.id())
                        .put("numRows", segment.rowCount())
                        .put("state", "Flushed")
                        .put("level", "L1");
            }
        }
        return RestAnswers.of(data);
    }

    private ObjectNode quotas(Call call, RestBody body, RestAnswers answers) {
        return RestAnswers.of(
                JSON.textNode(ClusterRpcs.quotas(database.status()).toString()));
    }

    private ObjectNode create(Call call, RestBody body, RestAnswers answers) {
        database.resourceGroups().create(body.required("name"), ResourceGroupCodec.decode(body.object("config")));
        return nothing();
    }

    private ObjectNode alter(Call call, RestBody body, RestAnswers answers) {
        RestBody groups = body.object("resource_groups");
        Map<String, Config> changed = new TreeMap<>();
        groups.json()
                .fieldNames()
                .forEachRemaining(name -> changed.put(name, ResourceGroupCodec.decode(groups.object(name))));
        database.resourceGroups().update(changed);
        return nothing();
    }

    private ObjectNode drop(Call call, RestBody body, RestAnswers answers) {
        database.resourceGroups().drop(body.required("name"));
        return nothing();
    }

    private ObjectNode describe(Call call, RestBody body, RestAnswers answers) {
        String name = body.required("name");
        return RestAnswers.of(ResourceGroupCodec.json(
                database.resourceGroups().describe(name), ResourceGroupRpcs.replicas(database, name)));
    }

    private ObjectNode list(Call call, RestBody body, RestAnswers answers) {
        ArrayNode names = JSON.arrayNode();
        database.resourceGroups().list().forEach(names::add);
        return RestAnswers.of(names);
    }

    private ObjectNode transfer(Call call, RestBody body, RestAnswers answers) {
        database.resourceGroups()
                .transferReplicas(
                        body.required("sourceRgName"),
                        body.required("targetRgName"),
                        database.describeCollection(RestCollections.name(call, body)),
                        body.integer("replicaNum", 0));
        return nothing();
    }

    private static ObjectNode nothing() {
        return RestAnswers.of(JSON.objectNode());
    }
}
