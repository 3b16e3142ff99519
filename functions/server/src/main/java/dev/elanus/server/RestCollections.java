package dev.elanus.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.engine.CollectionDescription;
import dev.elanus.engine.Database;
import dev.elanus.engine.IndexDescription;
import dev.elanus.engine.NewIndex;
import dev.elanus.error.DatabaseException;
import dev.elanus.error.NotFound;
import dev.elanus.error.NotFound.Kind;
import dev.elanus.schema.CollectionName;
import dev.elanus.wire.RestAnswers;
import dev.elanus.wire.RestBody;
import dev.elanus.wire.RestDescriptions;
import dev.elanus.wire.RestSchema;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Consumer;

/** REST paths under {@code collections/} and {@code indexes/}. */
@Singleton
class RestCollections implements RestGroup {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private final Database database;

    RestCollections(Database database) {
        this.database = database;
    }

    @Override
    public List<RestCall> all() {
        String named = "CollectionNameReq";
        return List.of(
                new RestCall("collections/list", "ShowCollections", "DatabaseReq", this::list),
                new RestCall("collections/has", "HasCollection", named, this::has),
                new RestCall("collections/describe", "DescribeCollection", named, this::describe),
                new RestCall("collections/get_stats", "GetCollectionStatistics", named, this::statistics),
                new RestCall("collections/create", "CreateCollection", "CollectionReq", this::create),
                plain("collections/drop", "DropCollection", name -> database.dropCollection(name)),
                plain("collections/load", "LoadCollection", name -> database.load(name)),
                plain("collections/refresh_load", "LoadCollection", name -> database.load(name)),
                plain("collections/release", "ReleaseCollection", name -> database.release(name)),
                plain("collections/flush", "Flush", name -> database.flush(name)),
                new RestCall("indexes/list", "DescribeIndex", named, this::indexes),
                new RestCall("indexes/describe", "DescribeIndex", "IndexReq", this::describeIndex),
                new RestCall("indexes/create", "CreateIndex", "IndexParamReq", this::createIndexes),
                new RestCall("indexes/drop", "DropIndex", "IndexReq", this::dropIndex));
    }

    /** The collection that a body names. */
    static CollectionName name(Call call, RestBody body) {
        return call.collection(body.text("dbName", ""), body.required("collectionName"));
    }

    private static RestCall plain(String path, String function, Consumer<CollectionName> work) {
        return new RestCall(path, function, "CollectionNameReq", (call, body, _) -> {
            work.accept(name(call, body));
            return RestAnswers.of(JSON.objectNode());
        });
    }

    private ObjectNode list(Call call, RestBody body, RestAnswers answers) {
        ArrayNode names = JSON.arrayNode();
        database.names()
                .listCollections(call.database(body.text("dbName", "")))
                .all()
                .forEach(collection -> names.add(collection.name().name()));
        return RestAnswers.of(names);
    }

    private ObjectNode has(Call call, RestBody body, RestAnswers answers) {
        return RestAnswers.of(JSON.objectNode().put("has", database.hasCollection(name(call, body))));
    }

    private ObjectNode describe(Call call, RestBody body, RestAnswers answers) {
        CollectionDescription described = database.describeCollection(name(call, body));
        ObjectNode data = RestDescriptions.collection(described, database.describeIndexes(described.name()));
        ArrayNode aliases = data.withArray("aliases");
        database.names().listAliases(described.name()).forEach(aliases::add);
        return RestAnswers.of(data);
    }

    private ObjectNode statistics(Call call, RestBody body, RestAnswers answers) {
        return RestAnswers.of(JSON.objectNode().put("rowCount", database.rowCount(name(call, body))));
    }

    private ObjectNode create(Call call, RestBody body, RestAnswers answers) {
        CollectionName name = name(call, body);
        RestSchema wanted = RestSchema.decode(body, name);
        boolean there = database.hasCollection(name);
        database.createCollection(wanted.collection());
        try {
            wanted.indexes().forEach(database::createIndex);
            if (!wanted.indexes().isEmpty()) {
                database.load(name);
            }
        } catch (DatabaseException failure) {
            if (!there) {
                // One request made it: where a part of it fails, nothing of it stays.
                database.dropCollection(name);
            }
            throw failure;
        }
        return RestAnswers.of(JSON.objectNode());
    }

    private ObjectNode indexes(Call call, RestBody body, RestAnswers answers) {
        ArrayNode names = JSON.arrayNode();
        database.describeIndexes(name(call, body)).forEach(index -> names.add(index.name()));
        return RestAnswers.of(names);
    }

    private ObjectNode describeIndex(Call call, RestBody body, RestAnswers answers) {
        CollectionName collection = name(call, body);
        String name = body.required("indexName");
        IndexDescription found = database.describeIndexes(collection).stream()
                .filter(index -> index.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NotFound(Kind.INDEX, "index not found[indexName=" + name + "]"));
        return RestAnswers.of(JSON.arrayNode().add(RestDescriptions.index(found)));
    }

    private ObjectNode createIndexes(Call call, RestBody body, RestAnswers answers) {
        CollectionName name = name(call, body);
        List<NewIndex> wanted =
                RestSchema.indexes(body, name, database.describeCollection(name).schema());
        wanted.forEach(database::createIndex);
        return RestAnswers.of(JSON.objectNode());
    }

    private ObjectNode dropIndex(Call call, RestBody body, RestAnswers answers) {
        database.dropIndex(name(call, body), body.required("indexName"));
        return RestAnswers.of(JSON.objectNode());
    }
}
