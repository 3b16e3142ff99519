package dev.elanus.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.column.Columns;
import dev.elanus.engine.Database;
import dev.elanus.engine.FieldOperation;
import dev.elanus.engine.WriteKind;
import dev.elanus.engine.WriteResult;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.search.HybridRequest;
import dev.elanus.search.QueryRequest;
import dev.elanus.search.QueryResult;
import dev.elanus.search.SearchRequest;
import dev.elanus.search.SearchResult;
import dev.elanus.wire.RestAnswers;
import dev.elanus.wire.RestBody;
import dev.elanus.wire.RestOperations;
import dev.elanus.wire.RestReads;
import dev.elanus.wire.RestRows;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** REST paths under {@code entities/}: rows in, rows out, neighbours. */
@Singleton
class RestEntities implements RestGroup {
    private final Database database;

    RestEntities(Database database) {
        this.database = database;
    }

    @Override
    public List<RestCall> all() {
        return List.of(
                new RestCall("entities/insert", "Insert", "CollectionDataReq", this::insert),
                new RestCall("entities/upsert", "Upsert", "CollectionDataReq", this::upsert),
                new RestCall("entities/delete", "Delete", "CollectionFilterReq", this::delete),
                new RestCall("entities/get", "Query", "CollectionIDReq", this::get),
                new RestCall("entities/query", "Query", "QueryReqV2", this::query),
                new RestCall("entities/search", "Search", "SearchReqV2", this::search));
    }

    private ObjectNode insert(Call call, RestBody body, RestAnswers answers) {
        CollectionName name = RestCollections.name(call, body);
        WriteResult written = database.insert(
                name, partition(body), schema -> RestRows.decode(schema, body, WriteKind.INSERT), 0, call.limit());
        return written(call, written, "insert", answers);
    }

    private ObjectNode upsert(Call call, RestBody body, RestAnswers answers) {
        CollectionName name = RestCollections.name(call, body);
        Map<String, FieldOperation> operations = RestOperations.of(body);
        boolean partial = RestOperations.isPartial(body, operations);
        Function<CollectionSchema, Columns> rows =
                schema -> RestRows.decode(schema, body, partial ? WriteKind.UPDATE : WriteKind.UPSERT);
        WriteResult written = partial
                ? database.update(name, partition(body), rows, operations, 0, call.limit())
                : database.upsert(name, partition(body), rows, 0, call.limit());
        return written(call, written, "upsert", answers);
    }

    private ObjectNode delete(Call call, RestBody body, RestAnswers answers) {
        CollectionName name = RestCollections.name(call, body);
        WriteResult written = database.delete(name, partition(body), RestReads.deletion(body), call.limit());
        call.rows(written.count());
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("deleteCount", written.count());
        return RestAnswers.of(data).put("cost", 0);
    }

    private ObjectNode get(Call call, RestBody body, RestAnswers answers) {
        CollectionName name = RestCollections.name(call, body);
        return query(
                call,
                body,
                RestReads.get(body, name, database.describeCollection(name).schema(), call.limit()),
                answers);
    }

    private ObjectNode query(Call call, RestBody body, RestAnswers answers) {
        return query(call, body, RestReads.query(body, RestCollections.name(call, body), call.limit()), answers);
    }

    private ObjectNode query(Call call, RestBody body, QueryRequest request, RestAnswers answers) {
        QueryResult result = database.query(request);
        call.rows(result.output().rowCount());
        call.cost(result.cost());
        return answers.query(result, RestReads.times(body, result.schema()));
    }

    private ObjectNode search(Call call, RestBody body, RestAnswers answers) {
        CollectionName name = RestCollections.name(call, body);
        CollectionSchema schema = database.describeCollection(name).schema();
        if (RestReads.isScored(body)) {
            HybridRequest scored = RestReads.scored(body, name, schema, call.limit());
            call.rows(scored.queryCount());
            SearchResult result = database.hybridSearch(scored);
            call.cost(result.cost());
            return answers.search(result, RestReads.times(body, result.schema()));
        }
        SearchRequest request = RestReads.search(body, name, schema, call.limit());
        call.rows(request.targets().size());
        SearchResult result = database.search(request);
        call.cost(result.cost());
        return answers.search(result, RestReads.times(body, result.schema()));
    }

    private static String partition(RestBody body) {
        return body.text("partitionName", "");
    }

    private static ObjectNode written(Call call, WriteResult written, String verb, RestAnswers answers) {
        call.rows(written.count());
        ObjectNode data = JsonNodeFactory.instance.objectNode().put(verb + "Count", written.count());
        data.set(verb + "Ids", answers.keys(written.keys()));
        return RestAnswers.of(data).put("cost", 0);
    }
}
