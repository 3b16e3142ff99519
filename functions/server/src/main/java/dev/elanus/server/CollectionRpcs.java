package dev.elanus.server;

import dev.elanus.engine.CollectionDescription;
import dev.elanus.engine.CollectionNames;
import dev.elanus.engine.Database;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionName;
import dev.elanus.wire.CollectionCodec;
import dev.elanus.wire.Statuses;
import io.milvus.grpc.BoolResponse;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DropCollectionRequest;
import io.milvus.grpc.GetCollectionStatisticsRequest;
import io.milvus.grpc.GetCollectionStatisticsResponse;
import io.milvus.grpc.HasCollectionRequest;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.ShowCollectionsRequest;
import io.milvus.grpc.ShowCollectionsResponse;
import io.milvus.grpc.Status;
import jakarta.inject.Singleton;
import java.util.List;

/** Collections: made, described, dropped. */
@Singleton
class CollectionRpcs implements RpcGroup {
    /** The kind of listing that leaves out what is not loaded. */
    private static final int LOADED = 1;

    private final Database database;
    private volatile Listing listing = new Listing(-1, "", ShowCollectionsResponse.getDefaultInstance());

    /** An answer that may serve again. */
    private record Listing(long version, String database, ShowCollectionsResponse answer) {}

    CollectionRpcs(Database database) {
        this.database = database;
    }

    @Override
    public List<Rpc<?, ?>> all() {
        Status status = Status.getDefaultInstance();
        return List.of(
                new Rpc<>("CreateCollection", CreateCollectionRequest.getDefaultInstance(), status, this::create),
                new Rpc<>("DropCollection", DropCollectionRequest.getDefaultInstance(), status, this::drop),
                new Rpc<>(
                        "HasCollection",
                        HasCollectionRequest.getDefaultInstance(),
                        BoolResponse.getDefaultInstance(),
                        this::has),
                new Rpc<>(
                        "DescribeCollection",
                        DescribeCollectionRequest.getDefaultInstance(),
                        DescribeCollectionResponse.getDefaultInstance(),
                        this::describe),
                new Rpc<>(
                        "ShowCollections",
                        ShowCollectionsRequest.getDefaultInstance(),
                        ShowCollectionsResponse.getDefaultInstance(),
                        this::list),
                new Rpc<>(
                        "GetCollectionStatistics",
                        GetCollectionStatisticsRequest.getDefaultInstance(),
                        GetCollectionStatisticsResponse.getDefaultInstance(),
                        this::statistics));
    }

    private Status create(Call call, CreateCollectionRequest request) {
        CollectionName name = call.collection(request.getDbName(), request.getCollectionName());
        database.createCollection(CollectionCodec.decode(request, name));
        return Statuses.success();
    }

    private Status drop(Call call, DropCollectionRequest request) {
        database.dropCollection(call.collection(request.getDbName(), request.getCollectionName()));
        return Statuses.success();
    }

    private BoolResponse has(Call call, HasCollectionRequest request) {
        boolean there = database.hasCollection(call.collection(request.getDbName(), request.getCollectionName()));
        return BoolResponse.newBuilder()
                .setStatus(Statuses.success())
                .setValue(there)
                .build();
    }

    private DescribeCollectionResponse describe(Call call, DescribeCollectionRequest request) {
        CollectionName name = call.collection(request.getDbName(), request.getCollectionName());
        return described(
                database,
                name.name().isEmpty() && request.getCollectionID() != 0
                        ? database.describeCollection(request.getCollectionID())
                        : database.describeCollection(name));
    }

    /** The whole answer about a collection. */
    static DescribeCollectionResponse described(Database database, CollectionDescription described) {
        return CollectionCodec.encode(described).toBuilder()
                .addAllAliases(database.names().listAliases(described.name()))
                .build();
    }

    @SuppressWarnings("deprecation") // The names are old, and still sent.
    private ShowCollectionsResponse list(Call call, ShowCollectionsRequest request) {
        String name = call.database(request.getDbName());
        return request.getTypeValue() == LOADED ? loaded(asked(name, request.getCollectionNamesList())) : named(name);
    }

    /** All, as the catalog names them: nothing of them is read, and as long as no name changes the answer is the last one. */
    private ShowCollectionsResponse named(String name) {
        CollectionNames names = database.names().listCollections(name);
        Listing last = listing;
        if (last.version() == names.version() && last.database().equals(name)) {
            return last.answer();
        }
        ShowCollectionsResponse.Builder answer =
                ShowCollectionsResponse.newBuilder().setStatus(Statuses.success());
        for (CollectionNames.Named collection : names.all()) {
            answer.addCollectionNames(collection.name().name())
                    .addCollectionIds(collection.id())
                    .addCreatedTimestamps(collection.id())
                    .addCreatedUtcTimestamps(CollectionCodec.milliseconds(collection.id()))
                    .addShardsNum(Math.max(1, collection.shards()));
        }
        Listing made = new Listing(names.version(), name, answer.build());
        listing = made;
        return made.answer();
    }

    @SuppressWarnings("deprecation") // The percentages are old, and still read.
    private static ShowCollectionsResponse loaded(List<CollectionDescription> collections) {
        ShowCollectionsResponse.Builder answer =
                ShowCollectionsResponse.newBuilder().setStatus(Statuses.success());
        for (CollectionDescription collection : collections) {
            if (collection.loaded()) {
                answer.addCollectionNames(collection.name().name())
                        .addCollectionIds(collection.id())
                        .addCreatedTimestamps(collection.createdTimestamp())
                        .addCreatedUtcTimestamps(CollectionCodec.milliseconds(collection.createdTimestamp()))
                        .addShardsNum(Math.max(1, collection.shards()))
                        .addInMemoryPercentages(100)
                        .addQueryServiceAvailable(true);
            }
        }
        return answer.build();
    }

    /** Those of the names, which must be loaded, or all. */
    private List<CollectionDescription> asked(String databaseName, List<String> names) {
        if (names.isEmpty()) {
            return database.listCollections(databaseName);
        }
        List<CollectionDescription> found = names.stream()
                .map(name -> database.describeCollection(new CollectionName(databaseName, name)))
                .toList();
        for (CollectionDescription collection : found) {
            if (!collection.loaded()) {
                throw new Invalid(
                        Invalid.Reason.NOT_LOADED, "collection not loaded[collection=" + collection.id() + "]");
            }
        }
        return found;
    }

    private GetCollectionStatisticsResponse statistics(Call call, GetCollectionStatisticsRequest request) {
        long rows = database.rowCount(call.collection(request.getDbName(), request.getCollectionName()));
        return GetCollectionStatisticsResponse.newBuilder()
                .setStatus(Statuses.success())
                .addStats(KeyValuePair.newBuilder().setKey("row_count").setValue(Long.toString(rows)))
                .build();
    }
}
