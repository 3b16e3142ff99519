package dev.elanus.server;

import dev.elanus.engine.Database;
import dev.elanus.schema.CollectionName;
import dev.elanus.search.HybridRequest;
import dev.elanus.search.QueryResult;
import dev.elanus.search.SearchResult;
import dev.elanus.wire.HybridCodec;
import dev.elanus.wire.QueryCodec;
import dev.elanus.wire.SearchCodec;
import io.milvus.grpc.QueryRequest;
import io.milvus.grpc.QueryResults;
import io.milvus.grpc.SearchRequest;
import io.milvus.grpc.SearchResults;
import jakarta.inject.Singleton;
import java.util.List;

/** Reads: neighbours and rows. */
@Singleton
class ReadRpcs implements RpcGroup {
    private final Database database;

    ReadRpcs(Database database) {
        this.database = database;
    }

    @Override
    public List<Rpc<?, ?>> all() {
        return List.of(
                new Rpc<>(
                        "Search", SearchRequest.getDefaultInstance(), SearchResults.getDefaultInstance(), this::search),
                new Rpc<>("Query", QueryRequest.getDefaultInstance(), QueryResults.getDefaultInstance(), this::query));
    }

    private SearchResults search(Call call, SearchRequest message) {
        CollectionName name = call.collection(message.getDbName(), message.getCollectionName());
        if (message.getFunctionScore().getFunctionsCount() > 0) {
            HybridRequest scored = HybridCodec.ofSearch(message, name, call.limit());
            call.rows(scored.queryCount());
            SearchResult result = database.hybridSearch(scored);
            call.cost(result.cost());
            return HybridCodec.encode(scored, message.getSearchParamsList(), result);
        }
        dev.elanus.search.SearchRequest request = SearchCodec.decode(message, name, call.limit());
        call.rows(request.targets().size());
        SearchResult result = database.search(request);
        call.cost(result.cost());
        return SearchCodec.encode(name, request, result);
    }

    private QueryResults query(Call call, QueryRequest message) {
        CollectionName name = call.collection(message.getDbName(), message.getCollectionName());
        QueryResult result = database.query(QueryCodec.decode(message, name, call.limit()));
        call.rows(result.output().rowCount());
        call.cost(result.cost());
        return QueryCodec.encode(name, message, result);
    }
}
