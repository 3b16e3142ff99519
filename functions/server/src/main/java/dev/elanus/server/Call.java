package dev.elanus.server;

import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.SchemaRules;
import dev.elanus.search.RequestCost;
import dev.elanus.wire.Names;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request while it is being answered: what it is about, and what it cost. Used by one thread. */
final class Call {
    /** What Milvus asks of a collection only after it has looked at the name; by others, a name that none can have is just not found. */
    private static final Set<String> CHECKING = Set.of(
            "CreatePartition",
            "Delete",
            "DescribeCollection",
            "DescribeIndex",
            "DropPartition",
            "GetIndexBuildProgress",
            "GetIndexState",
            "GetIndexStatistics",
            "GetLoadState",
            "GetLoadingProgress",
            "HasCollection",
            "HasPartition",
            "Insert",
            "LoadCollection",
            "LoadPartitions",
            "Query",
            "ReleaseCollection",
            "ReleasePartitions",
            "ShowPartitions",
            "TruncateCollection",
            "Upsert");

    private final String protocol;
    private final String function;
    private final String databaseHeader;
    private final Duration limit;
    private @Nullable CollectionName collection;
    private @Nullable RequestCost cost;
    private long rows;

    /**
     * @param function the name of the RPC, or of the RPC that a REST path corresponds to
     * @param limit how long it may take
     */
    Call(String protocol, String function, String databaseHeader, Duration limit) {
        this.protocol = protocol;
        this.function = function;
        this.databaseHeader = databaseHeader;
        this.limit = limit;
    }

    String protocol() {
        return protocol;
    }

    String function() {
        return function;
    }

    Duration limit() {
        return limit;
    }

    /** The database that the request names. */
    String database(String field) {
        return Names.database(field, databaseHeader);
    }

    /**
     * The collection that the request names, remembered for the log.
     *
     * @throws Invalid if no collection can have the name, and Milvus says so to this function
     */
    CollectionName collection(String database, String name) {
        CollectionName named = new CollectionName(database(database), name);
        if (CHECKING.contains(function)) {
            SchemaRules.checkCollectionName(name);
        }
        collection = named;
        return named;
    }

    @Nullable
    CollectionName collection() {
        return collection;
    }

    void cost(RequestCost spent) {
        cost = spent;
    }

    @Nullable
    RequestCost cost() {
        return cost;
    }

    /** Rows written or returned, or vectors searched. */
    void rows(long count) {
        rows = count;
    }

    long rows() {
        return rows;
    }
}
