package dev.elanus.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.engine.Database;
import dev.elanus.engine.DatabaseDescription;
import dev.elanus.schema.CollectionName;
import dev.elanus.wire.RestAnswers;
import dev.elanus.wire.RestBody;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** REST paths under {@code databases/} and {@code aliases/}. */
@Singleton
class RestNames implements RestGroup {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private final Database database;

    RestNames(Database database) {
        this.database = database;
    }

    @Override
    public List<RestCall> all() {
        String named = "DatabaseReqRequiredName";
        String alias = "AliasCollectionReq";
        return List.of(
                new RestCall("databases/create", "CreateDatabase", named, this::createDatabase),
                new RestCall("databases/drop", "DropDatabase", named, this::dropDatabase),
                new RestCall("databases/list", "ListDatabases", "EmptyReq", this::listDatabases),
                new RestCall("databases/describe", "DescribeDatabase", named, this::describeDatabase),
                new RestCall("databases/alter", "AlterDatabase", named, this::alterDatabase),
                new RestCall("databases/alter_properties", "AlterDatabase", named, this::alterDatabase),
                new RestCall("databases/drop_properties", "AlterDatabase", named, this::dropProperties),
                new RestCall("aliases/create", "CreateAlias", alias, this::createAlias),
                new RestCall("aliases/alter", "AlterAlias", alias, this::alterAlias),
                new RestCall("aliases/drop", "DropAlias", "AliasReq", this::dropAlias),
                new RestCall("aliases/describe", "DescribeAlias", "AliasReq", this::describeAlias),
                new RestCall("aliases/list", "ListAliases", "OptionalCollectionNameReq", this::listAliases));
    }

    private ObjectNode createDatabase(Call call, RestBody body, RestAnswers answers) {
        database.names().createDatabase(body.required("dbName"), properties(body));
        return nothing();
    }

    private ObjectNode dropDatabase(Call call, RestBody body, RestAnswers answers) {
        database.names().dropDatabase(body.required("dbName"));
        return nothing();
    }

    private ObjectNode listDatabases(Call call, RestBody body, RestAnswers answers) {
        ArrayNode names = JSON.arrayNode();
        database.names().listDatabases().forEach(described -> names.add(described.name()));
        return RestAnswers.of(names);
    }

    private ObjectNode describeDatabase(Call call, RestBody body, RestAnswers answers) {
        DatabaseDescription described = database.names().describeDatabase(call.database(body.required("dbName")));
        ObjectNode data = JSON.objectNode().put("dbName", described.name()).put("dbID", described.id());
        ArrayNode properties = data.putArray("properties");
        new TreeMap<>(described.properties())
                .forEach((key, value) -> properties.addObject().put("key", key).put("value", value));
        return RestAnswers.of(data);
    }

    private ObjectNode alterDatabase(Call call, RestBody body, RestAnswers answers) {
        database.names().alterDatabase(call.database(body.required("dbName")), properties(body), List.of());
        return nothing();
    }

    private ObjectNode dropProperties(Call call, RestBody body, RestAnswers answers) {
        database.names().alterDatabase(call.database(body.required("dbName")), Map.of(), body.texts("propertyKeys"));
        return nothing();
    }

    private ObjectNode createAlias(Call call, RestBody body, RestAnswers answers) {
        database.names().createAlias(alias(call, body), body.required("collectionName"));
        return nothing();
    }

    private ObjectNode alterAlias(Call call, RestBody body, RestAnswers answers) {
        database.names().alterAlias(alias(call, body), body.required("collectionName"));
        return nothing();
    }

    private ObjectNode dropAlias(Call call, RestBody body, RestAnswers answers) {
        database.names().dropAlias(alias(call, body));
        return nothing();
    }

    private ObjectNode describeAlias(Call call, RestBody body, RestAnswers answers) {
        CollectionName alias = alias(call, body);
        return RestAnswers.of(JSON.objectNode()
                .put("dbName", alias.database())
                .put("collectionName", database.names().describeAlias(alias).name())
                .put("aliasName", alias.name()));
    }

    private ObjectNode listAliases(Call call, RestBody body, RestAnswers answers) {
        ArrayNode names = JSON.arrayNode();
        database.names()
                .listAliases(call.collection(body.text("dbName", ""), body.text("collectionName", "")))
                .forEach(names::add);
        return RestAnswers.of(names);
    }

    private static CollectionName alias(Call call, RestBody body) {
        return call.collection(body.text("dbName", ""), body.required("aliasName"));
    }

    private static Map<String, String> properties(RestBody body) {
        return body.object("properties").asParameters();
    }

    private static ObjectNode nothing() {
        return RestAnswers.of(JSON.objectNode());
    }
}
