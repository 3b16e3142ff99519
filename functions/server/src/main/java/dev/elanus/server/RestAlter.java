package dev.elanus.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.engine.Database;
import dev.elanus.schema.CollectionName;
import dev.elanus.wire.RestAnswers;
import dev.elanus.wire.RestBody;
import dev.elanus.wire.RestFunctions;
import dev.elanus.wire.RestSchema;
import jakarta.inject.Singleton;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** REST paths that change a whole collection. */
@Singleton
class RestAlter implements RestGroup {
    private final Database database;

    RestAlter(Database database) {
        this.database = database;
    }

    @Override
    public List<RestCall> all() {
        String named = "CollectionNameReq";
        String field = "CollectionFieldReqWithParams";
        return List.of(
                new RestCall("collections/rename", "RenameCollection", "RenameCollectionReq", this::rename),
                new RestCall("collections/truncate", "TruncateCollection", named, this::truncate),
                new RestCall("collections/alter_properties", "AlterCollection", named, this::alterProperties),
                new RestCall("collections/drop_properties", "AlterCollection", named, this::dropProperties),
                new RestCall(
                        "collections/fields/add", "AddCollectionField", "CollectionFieldReqWithSchema", this::addField),
                new RestCall("collections/fields/alter_properties", "AlterCollectionField", field, this::alterField),
                new RestCall(
                        "collections/add_function",
                        "AddCollectionFunction",
                        "CollectionAddFunction",
                        this::addFunction),
                new RestCall(
                        "collections/alter_function",
                        "AlterCollectionFunction",
                        "CollectionAlterFunction",
                        this::alterFunction),
                new RestCall(
                        "collections/drop_function",
                        "DropCollectionFunction",
                        "CollectionDropFunction",
                        this::dropFunction),
                new RestCall("indexes/alter_properties", "AlterIndex", "IndexReq", this::alterIndex),
                new RestCall("indexes/drop_properties", "AlterIndex", "IndexReq", this::dropIndexProperties));
    }

    private ObjectNode rename(Call call, RestBody body, RestAnswers answers) {
        CollectionName from = RestCollections.name(call, body);
        CollectionName to =
                new CollectionName(body.text("newDbName", from.database()), body.required("newCollectionName"));
        database.alterations().rename(from, to);
        return nothing();
    }

    private ObjectNode truncate(Call call, RestBody body, RestAnswers answers) {
        database.alterations().truncate(RestCollections.name(call, body));
        return nothing();
    }

    private ObjectNode alterProperties(Call call, RestBody body, RestAnswers answers) {
        database.alterations().properties(RestCollections.name(call, body), properties(body), List.of());
        return nothing();
    }

    private ObjectNode dropProperties(Call call, RestBody body, RestAnswers answers) {
        database.alterations().properties(RestCollections.name(call, body), Map.of(), body.texts("propertyKeys"));
        return nothing();
    }

    private ObjectNode addField(Call call, RestBody body, RestAnswers answers) {
        CollectionName name = RestCollections.name(call, body);
        ZoneId zone = database.describeCollection(name).schema().zone();
        database.alterations().addField(name, RestSchema.field(body.object("schema"), zone));
        return nothing();
    }

    private ObjectNode alterField(Call call, RestBody body, RestAnswers answers) {
        Map<String, String> params = body.object("fieldParams").asParameters();
        database.alterations().field(RestCollections.name(call, body), body.required("fieldName"), params, List.of());
        return nothing();
    }

    private ObjectNode addFunction(Call call, RestBody body, RestAnswers answers) {
        CollectionName name = RestCollections.name(call, body);
        database.alterations().addFunction(name, RestFunctions.decode(body.requiredObject("function")));
        return nothing();
    }

    private ObjectNode alterFunction(Call call, RestBody body, RestAnswers answers) {
        CollectionName name = RestCollections.name(call, body);
        String function = body.required("functionName");
        database.alterations().alterFunction(name, function, RestFunctions.decode(body.requiredObject("function")));
        return nothing();
    }

    private ObjectNode dropFunction(Call call, RestBody body, RestAnswers answers) {
        database.alterations().dropFunction(RestCollections.name(call, body), body.required("functionName"));
        return nothing();
    }

    private ObjectNode alterIndex(Call call, RestBody body, RestAnswers answers) {
        database.alterations()
                .index(RestCollections.name(call, body), body.required("indexName"), properties(body), List.of());
        return nothing();
    }

    private ObjectNode dropIndexProperties(Call call, RestBody body, RestAnswers answers) {
        database.alterations()
                .index(
                        RestCollections.name(call, body),
                        body.required("indexName"),
                        Map.of(),
                        body.texts("propertyKeys"));
        return nothing();
    }

    private static Map<String, String> properties(RestBody body) {
        return body.object("properties").asParameters();
    }

    private static ObjectNode nothing() {
        return RestAnswers.of(JsonNodeFactory.instance.objectNode());
    }
}
