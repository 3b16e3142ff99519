package dev.elanus.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.engine.Database;
import dev.elanus.schema.CollectionName;
import dev.elanus.wire.RestAnswers;
import dev.elanus.wire.RestBody;
import jakarta.inject.Singleton;
import java.util.List;

/** REST paths that change a whole collection. */
@Singleton
class RestAlter implements RestGroup {
    private final Database database;

    RestAlter(Database database) {
        this.database = database;
    }

    @Override
    public List<RestCall> all() {
        return List.of(
                new RestCall("collections/rename", "RenameCollection", "RenameCollectionReq", this::rename),
                new RestCall("collections/truncate", "TruncateCollection", "CollectionNameReq", this::truncate));
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

    private static ObjectNode nothing() {
        return RestAnswers.of(JsonNodeFactory.instance.objectNode());
    }
}
