package dev.elanus.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.engine.CollectionDescription;
import dev.elanus.engine.Database;
import dev.elanus.engine.SnapshotDescription;
import dev.elanus.schema.CollectionName;
import dev.elanus.wire.CollectionCodec;
import dev.elanus.wire.RestAnswers;
import dev.elanus.wire.RestBody;
import jakarta.inject.Singleton;
import java.util.List;

/** REST paths under {@code snapshots/}, named like the calls that Milvus has since 3.0, and {@code collections/clone}. */
@Singleton
class RestSnapshots implements RestGroup {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private final Database database;

    RestSnapshots(Database database) {
        this.database = database;
    }

    @Override
    public List<RestCall> all() {
        String kind = "SnapshotReq";
        return List.of(
                new RestCall("snapshots/create", "CreateSnapshot", kind, this::create),
                new RestCall("snapshots/list", "ListSnapshots", kind, this::list),
                new RestCall("snapshots/describe", "DescribeSnapshot", kind, this::describe),
                new RestCall("snapshots/drop", "DropSnapshot", kind, this::drop),
                new RestCall("snapshots/restore", "RestoreSnapshot", kind, this::restore),
                new RestCall("collections/clone", "CloneCollection", kind, this::cloneCollection));
    }

    private ObjectNode create(Call call, RestBody body, RestAnswers answers) {
        CollectionName name = RestCollections.name(call, body);
        return RestAnswers.of(
                json(database.createSnapshot(name, body.required("snapshotName"), body.text("description", ""))));
    }

    private ObjectNode list(Call call, RestBody body, RestAnswers answers) {
        ArrayNode names = JSON.arrayNode();
        database.listSnapshots(RestCollections.name(call, body)).forEach(snapshot -> names.add(snapshot.name()));
        return RestAnswers.of(names);
    }

    private ObjectNode describe(Call call, RestBody body, RestAnswers answers) {
        CollectionName name = RestCollections.name(call, body);
        return RestAnswers.of(json(database.describeSnapshot(name, body.required("snapshotName"))));
    }

    private ObjectNode drop(Call call, RestBody body, RestAnswers answers) {
        database.dropSnapshot(RestCollections.name(call, body), body.required("snapshotName"));
        return RestAnswers.of(JSON.objectNode());
    }

    private ObjectNode restore(Call call, RestBody body, RestAnswers answers) {
        CollectionName name = RestCollections.name(call, body);
        return made(database.restoreSnapshot(name, body.required("snapshotName"), target(call, body)));
    }

    private ObjectNode cloneCollection(Call call, RestBody body, RestAnswers answers) {
        return made(database.cloneCollection(RestCollections.name(call, body), target(call, body)));
    }

    private static CollectionName target(Call call, RestBody body) {
        return call.collection(body.text("targetDbName", ""), body.required("targetCollectionName"));
    }

    private static ObjectNode made(CollectionDescription collection) {
        return RestAnswers.of(JSON.objectNode()
                .put("collectionName", collection.name().name())
                .put("collectionID", collection.id()));
    }

    private static ObjectNode json(SnapshotDescription snapshot) {
        return JSON.objectNode()
                .put("snapshotName", snapshot.name())
                .put("collectionName", snapshot.collection().name())
                .put("description", snapshot.description())
                .put("createTime", CollectionCodec.milliseconds(snapshot.createdTimestamp()))
                .put("rowCount", snapshot.rowCount());
    }
}
