package dev.elanus.server;

import dev.elanus.engine.Database;
import dev.elanus.engine.DatabaseDescription;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionName;
import dev.elanus.wire.Parameters;
import dev.elanus.wire.Statuses;
import io.milvus.grpc.AlterAliasRequest;
import io.milvus.grpc.AlterDatabaseRequest;
import io.milvus.grpc.CreateAliasRequest;
import io.milvus.grpc.CreateDatabaseRequest;
import io.milvus.grpc.DescribeAliasRequest;
import io.milvus.grpc.DescribeAliasResponse;
import io.milvus.grpc.DescribeDatabaseRequest;
import io.milvus.grpc.DescribeDatabaseResponse;
import io.milvus.grpc.DropAliasRequest;
import io.milvus.grpc.DropDatabaseRequest;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.ListAliasesRequest;
import io.milvus.grpc.ListAliasesResponse;
import io.milvus.grpc.ListDatabasesRequest;
import io.milvus.grpc.ListDatabasesResponse;
import io.milvus.grpc.Status;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.TreeMap;

/** Databases and aliases. */
@Singleton
class NameRpcs implements RpcGroup {
    private final Database database;

    NameRpcs(Database database) {
        this.database = database;
    }

    @Override
    public List<Rpc<?, ?>> all() {
        Status status = Status.getDefaultInstance();
        return List.of(
                new Rpc<>("CreateDatabase", CreateDatabaseRequest.getDefaultInstance(), status, this::createDatabase),
                new Rpc<>("DropDatabase", DropDatabaseRequest.getDefaultInstance(), status, this::dropDatabase),
                new Rpc<>("AlterDatabase", AlterDatabaseRequest.getDefaultInstance(), status, this::alterDatabase),
                new Rpc<>(
                        "ListDatabases",
                        ListDatabasesRequest.getDefaultInstance(),
                        ListDatabasesResponse.getDefaultInstance(),
                        this::listDatabases),
                new Rpc<>(
                        "DescribeDatabase",
                        DescribeDatabaseRequest.getDefaultInstance(),
                        DescribeDatabaseResponse.getDefaultInstance(),
                        this::describeDatabase),
                new Rpc<>("CreateAlias", CreateAliasRequest.getDefaultInstance(), status, this::createAlias),
                new Rpc<>("AlterAlias", AlterAliasRequest.getDefaultInstance(), status, this::alterAlias),
                new Rpc<>("DropAlias", DropAliasRequest.getDefaultInstance(), status, this::dropAlias),
                new Rpc<>(
                        "DescribeAlias",
                        DescribeAliasRequest.getDefaultInstance(),
                        DescribeAliasResponse.getDefaultInstance(),
                        this::describeAlias),
                new Rpc<>(
                        "ListAliases",
                        ListAliasesRequest.getDefaultInstance(),
                        ListAliasesResponse.getDefaultInstance(),
                        this::listAliases));
    }

    private Status createDatabase(Call call, CreateDatabaseRequest request) {
        database.names()
                .createDatabase(
                        request.getDbName(),
                        Parameters.of(request.getPropertiesList()).asMap());
        return Statuses.success();
    }

    private Status dropDatabase(Call call, DropDatabaseRequest request) {
        database.names().dropDatabase(request.getDbName());
        return Statuses.success();
    }

    private Status alterDatabase(Call call, AlterDatabaseRequest request) {
        if (request.getPropertiesCount() > 0 && request.getDeleteKeysCount() > 0) {
            throw new Invalid("cannot provide both DeleteKeys and ExtraParams");
        }
        database.names()
                .alterDatabase(
                        call.database(request.getDbName()),
                        Parameters.of(request.getPropertiesList()).asMap(),
                        request.getDeleteKeysList());
        return Statuses.success();
    }

    private ListDatabasesResponse listDatabases(Call call, ListDatabasesRequest request) {
        ListDatabasesResponse.Builder answer =
                ListDatabasesResponse.newBuilder().setStatus(Statuses.success());
        for (DatabaseDescription described : database.names().listDatabases()) {
            answer.addDbNames(described.name())
                    .addDbIds(described.id())
                    .addCreatedTimestamp(described.createdTimestamp());
        }
        return answer.build();
    }

    private DescribeDatabaseResponse describeDatabase(Call call, DescribeDatabaseRequest request) {
        DatabaseDescription described = database.names().describeDatabase(call.database(request.getDbName()));
        DescribeDatabaseResponse.Builder answer = DescribeDatabaseResponse.newBuilder()
                .setStatus(Statuses.success())
                .setDbName(described.name())
                .setDbID(described.id())
                .setCreatedTimestamp(described.createdTimestamp());
        new TreeMap<>(described.properties())
                .forEach((key, value) -> answer.addProperties(
                        KeyValuePair.newBuilder().setKey(key).setValue(value)));
        return answer.build();
    }

    private Status createAlias(Call call, CreateAliasRequest request) {
        database.names()
                .createAlias(call.collection(request.getDbName(), request.getAlias()), request.getCollectionName());
        return Statuses.success();
    }

    private Status alterAlias(Call call, AlterAliasRequest request) {
        database.names()
                .alterAlias(call.collection(request.getDbName(), request.getAlias()), request.getCollectionName());
        return Statuses.success();
    }

    private Status dropAlias(Call call, DropAliasRequest request) {
        database.names().dropAlias(call.collection(request.getDbName(), request.getAlias()));
        return Statuses.success();
    }

    private DescribeAliasResponse describeAlias(Call call, DescribeAliasRequest request) {
        CollectionName alias = call.collection(request.getDbName(), request.getAlias());
        return DescribeAliasResponse.newBuilder()
                .setStatus(Statuses.success())
                .setDbName(alias.database())
                .setAlias(alias.name())
                .setCollection(database.names().describeAlias(alias).name())
                .build();
    }

    private ListAliasesResponse listAliases(Call call, ListAliasesRequest request) {
        CollectionName name = call.collection(request.getDbName(), request.getCollectionName());
        return ListAliasesResponse.newBuilder()
                .setStatus(Statuses.success())
                .setDbName(name.database())
                .setCollectionName(name.name())
                .addAllAliases(database.names().listAliases(name))
                .build();
    }
}
