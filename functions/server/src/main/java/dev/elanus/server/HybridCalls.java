package dev.elanus.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.engine.Database;
import dev.elanus.schema.CollectionName;
import dev.elanus.search.HybridRequest;
import dev.elanus.search.SearchResult;
import dev.elanus.wire.HybridCodec;
import dev.elanus.wire.RestAnswers;
import dev.elanus.wire.RestBody;
import dev.elanus.wire.RestReads;
import io.milvus.grpc.HybridSearchRequest;
import io.milvus.grpc.SearchResults;
import jakarta.inject.Singleton;
import java.util.List;

/** Hybrid search by gRPC. */
@Singleton
class HybridCalls implements RpcGroup {
    private final Database database;

    HybridCalls(Database database) {
        this.database = database;
    }

    @Override
    public List<Rpc<?, ?>> all() {
        return List.of(new Rpc<>(
                "HybridSearch",
                HybridSearchRequest.getDefaultInstance(),
                SearchResults.getDefaultInstance(),
                this::search));
    }

    private SearchResults search(Call call, HybridSearchRequest message) {
        HybridRequest request = HybridCodec.decode(
                message, call.collection(message.getDbName(), message.getCollectionName()), call.limit());
        return HybridCodec.encode(request, message.getRankParamsList(), search(database, call, request));
    }

    private static SearchResult search(Database database, Call call, HybridRequest request) {
        SearchResult result = database.hybridSearch(request);
        call.rows(request.queryCount());
        call.cost(result.cost());
        return result;
    }

    /** Hybrid search by REST. */
    @Singleton
    static class Rest implements RestGroup {
        private final Database database;

        Rest(Database database) {
            this.database = database;
        }

        @Override
        public List<RestCall> all() {
            return List.of(
                    new RestCall("entities/hybrid_search", "HybridSearch", "HybridSearchReq", this::search),
                    new RestCall("entities/advanced_search", "HybridSearch", "HybridSearchReq", this::search));
        }

        private ObjectNode search(Call call, RestBody body, RestAnswers answers) {
            CollectionName name = RestCollections.name(call, body);
            HybridRequest request = RestReads.hybrid(
                    body, name, database.describeCollection(name).schema(), call.limit());
            SearchResult result = HybridCalls.search(database, call, request);
            return answers.search(result, RestReads.times(body, result.schema()));
        }
    }
}
