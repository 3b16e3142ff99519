"""Every numbered error that a client can provoke by itself, by pymilvus 2.6. Those that need a store or a server in trouble (5, 8, 1009, 1401,
10001) are provoked by the tests that make the trouble.

Usage: errors.py URI
"""
import json
import logging
import sys

from pymilvus import DataType, FunctionType, MilvusClient, MilvusException
from pymilvus.grpc_gen import milvus_pb2 as messages
from pymilvus.grpc_gen import schema_pb2 as schemas

logging.disable(logging.CRITICAL)
seen = set()


def refused(code, text, call, *arguments, **named):
    seen.add(code)
    try:
        answer = call(*arguments, **named)
        status = answer.status if hasattr(answer, "status") else answer
        found = (status.code, status.reason) if hasattr(status, "reason") else answer
    except MilvusException as failure:
        found = (failure.code, failure.message)
    assert found[0] == code and text in found[1], (code, text, found)


def things(client):
    schema = client.create_schema(auto_id=False)
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("v", DataType.FLOAT_VECTOR, dim=2)
    schema.add_field("info", DataType.JSON, nullable=True)
    client.create_collection("things", schema=schema)
    return schema


def index(client, **params):
    wanted = client.prepare_index_params()
    wanted.add_index(**params)
    return wanted


def collections(client, stub):
    refused(700, "index not found[collection=things]", client.load_collection, "things")
    client.create_index("things", index(client, field_name="v", index_type="FLAT", metric_type="L2"))
    refused(101, "collection not loaded", client.query, "things", filter="id > 0")
    shown = messages.ShowCollectionsRequest(type=messages.InMemory, collection_names=["things"])
    refused(101, "collection not loaded", stub.ShowCollections, shown)
    refused(12, "when load 2 replica count: service resource insufficient", client.load_collection, "things",
            replica_number=2)
    client.load_collection("things")
    assert list(stub.ShowCollections(shown).collection_names) == ["things"]
    shown.collection_names[:] = ["none"]
    refused(100, "can't find collection", stub.ShowCollections, shown)
    refused(100, "collection not found[database=default][collection=none]", client.query, "none", filter="id > 0")
    refused(104, "can not alter mmap properties if collection loaded", client.alter_collection_properties, "things",
            {"mmap.enabled": "true"})
    insert = messages.InsertRequest(collection_name="things", num_rows=1, schema_timestamp=1)
    refused(109, "collection schema mismatch[collection=things]", stub.Insert, insert)
    refused(1100, "cannot parse expression", client.query, "things", filter="id >")
    refused(1100, "json index must specify cast type: missing parameter", client.create_index, "things",
            index(client, field_name="info", index_type="INVERTED", params={"json_path": 'info["a"]'}))
    cast = {"json_path": 'info["a"]', "json_cast_type": "DOUBLE", "json_cast_function": "STRING_TO_DOUBLE"}
    client.create_index("things", index(client, field_name="info", index_type="INVERTED", params=cast))
    client.create_index("things", index(client, field_name="info", index_type="INVERTED",
                                        params={"json_path": 'info["b"]', "json_cast_type": "JSON"}))
    refused(702, "index duplicates[indexName=]", stub.GetIndexState,
            messages.GetIndexStateRequest(collection_name="things"))
    refused(702, "index duplicates[indexName=]", stub.GetIndexBuildProgress,
            messages.GetIndexBuildProgressRequest(collection_name="things"))
    refused(702, "index duplicates[indexName=]", stub.DropIndex, messages.DropIndexRequest(collection_name="things"))
    client.insert("things", [{"id": i, "v": [i, 1.0], "info": info} for i, info in enumerate(
        ({"a": 1, "b": {"c": "x"}}, {"a": "1.0", "b": {"c": True}}, {"a": "one"}, {"a": 2, "b": {"c": "xy"}}))])
    for _ in range(2):
        found = {wanted: [row["id"] for row in client.query("things", filter=wanted, consistency_level="Strong")] for wanted in (
            'info["a"] == 1', 'info["a"] == "1.0"', 'info["b"]["c"] like "x%"', 'info["b"]["c"] == true')}
        assert list(found.values()) == [[0, 1], [1], [0, 3], [1]], found
        client.flush("things")
    client.delete("things", filter="id >= 0")
    refused(65535, "cannot parse identifier: 1", client.create_index, "things",
            index(client, field_name="info", index_type="INVERTED", params={"json_path": 1, "json_cast_type": "DOUBLE"}))
    refused(2, "CalcDistance deprecated: service unavailable", stub.CalcDistance, messages.CalcDistanceRequest())
    refused(1700, "groupBy field not found in schema", client.search, "things", data=[[0.0, 0.0]], limit=1,
            group_by_field="none")
    refused(65535, "cannot create index on non-exist field", client.create_index, "things",
            index(client, field_name="none", index_type="INVERTED"))
    refused(10, "Import is not supported: service unimplemented", stub.Import, messages.ImportRequest(collection_name="things"))


def schema_of(*fields):
    return schemas.CollectionSchema(name="c", fields=fields).SerializeToString()


def field(name, kind, **more):
    params = [{"key": "dim", "value": "2"}] if kind == DataType.FLOAT_VECTOR else []
    return schemas.FieldSchema(name=name, data_type=kind, type_params=params, **more)


def definitions(stub):
    key = field("id", DataType.INT64, is_primary_key=True)
    vector = field("v", DataType.FLOAT_VECTOR)
    for code, text, fields in (
        (105, "there are more than one clustering key, field name = a, b",
         [key, vector] + [field(name, DataType.INT64, is_clustering_key=True) for name in "ab"]),
        (107, "vector clustering key not allowed[collection=c]",
         [key, field("v", DataType.FLOAT_VECTOR, is_clustering_key=True)]),
        (1100, "schema does not contain vector field", [key]),
        (1701, "The first character of a field name must be an underscore or letter", [key, vector, field("1", DataType.INT8)]),
    ):
        request = messages.CreateCollectionRequest(collection_name="c", schema=schema_of(*fields))
        refused(code, text, stub.CreateCollection, request)
    text = schemas.FieldSchema(name="text", data_type=DataType.VARCHAR, type_params=[
        {"key": "max_length", "value": "9"}, {"key": "enable_analyzer", "value": "true"}])
    bm25 = schemas.FunctionSchema(name="bm25", type=FunctionType.BM25, input_field_names=["text"], output_field_names=["terms"])
    terms = field("terms", DataType.SPARSE_FLOAT_VECTOR, nullable=True)
    schema = schemas.CollectionSchema(name="c", fields=[key, text, terms], functions=[bm25]).SerializeToString()
    refused(1100, "function output field cannot be nullable: function bm25, field terms", stub.CreateCollection,
            messages.CreateCollectionRequest(collection_name="c", schema=schema))


def partitions(client):
    refused(200, "partition not found[partition=none]", client.load_partitions, "things", ["none"])
    client.create_partition("things", "part")
    client.release_partitions("things", ["part"])
    refused(201, "partition not loaded", client.query, "things", filter="id > 0", partition_names=["part"])


def databases(client):
    refused(800, "database not found[database=none]", client.describe_database, "none")
    refused(802, "the first character of a database name must be an underscore or letter", client.create_database, "1")
    client.create_database("small", properties={"database.max.collections": 1})
    small = MilvusClient(sys.argv[1], db_name="small")
    small.create_collection("one", dimension=2)
    refused(102, "exceeded the limit number of collections", small.create_collection, "two", dimension=2)
    names = [f"d{i}" for i in range(62)]
    for name in names:
        client.create_database(name)
    refused(801, "exceeded the limit number of database", client.create_database, "more")
    for name in names:
        client.drop_database(name)


def aliases(client):
    client.create_alias("things", "other")
    refused(1600, "alias not found", client.describe_alias, "none")
    refused(1601, "alias and collection name conflict", client.create_alias, "things", "things")
    refused(1602, "alias already exist", client.create_alias, "flat", "other")
    client.drop_alias("other")


def resource_groups(client, stub):
    group = messages.DescribeResourceGroupRequest(resource_group="none")
    refused(300, "resource group not found[rg=none]", stub.DescribeResourceGroup, group)

    def create(name, wanted, most):
        return stub.CreateResourceGroup(messages.CreateResourceGroupRequest(
            resource_group=name, config={"requests": {"node_num": wanted}, "limits": {"node_num": most}}
        ))

    assert create("mine", 1, 1).code == 0
    refused(301, "already exist, but create with different config", create, "mine", 0, 1)
    refused(303, "resource group illegal config[rg=odd]", create, "odd", 2, 1)
    for i in range(1_022):
        assert create(f"g{i}", 0, 0).code == 0, i
    refused(302, "resource group num reach limit", create, "more", 0, 0)
    for i in range(1_022):
        stub.DropResourceGroup(messages.DropResourceGroupRequest(resource_group=f"g{i}"))
    move = messages.TransferNodeRequest(source_resource_group="mine", target_resource_group="__default_resource_group",
                                        num_node=9)
    refused(304, "resource group node not enough", stub.TransferNode, move)
    refused(901, "node not found[node=7]", stub.LoadBalance,
            messages.LoadBalanceRequest(collectionName="things", src_nodeID=7))
    assert stub.UpdateResourceGroups(messages.UpdateResourceGroupsRequest(
        resource_groups={"mine": {"requests": {"node_num": 0}, "limits": {"node_num": 0}}}
    )).code == 0
    assert stub.DropResourceGroup(messages.DropResourceGroupRequest(resource_group="mine")).code == 0
    left = stub.ListResourceGroups(messages.ListResourceGroupsRequest()).resource_groups
    assert list(left) == ["__default_resource_group"], left


def main(uri):
    client = MilvusClient(uri)
    stub = client._get_connection()._stub
    things(client)
    client.create_collection("flat", dimension=2)
    collections(client, stub)
    definitions(stub)
    partitions(client)
    databases(client)
    aliases(client)
    resource_groups(client, stub)
    print("errors:", json.dumps(sorted(seen)))


if __name__ == "__main__":
    main(*sys.argv[1:])
