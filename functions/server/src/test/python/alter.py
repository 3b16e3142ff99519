"""Collections renamed, emptied and altered, by pymilvus.

Usage: alter.py URI
"""
import sys
import time

import pymilvus
from pymilvus import DataType, MilvusClient, MilvusException
from pymilvus.client.types import ResourceGroupConfig

VERSION = tuple(int(part) for part in pymilvus.__version__.split(".")[:2])


def refused(code, text, call, *arguments, **named):
    try:
        call(*arguments, **named)
    except MilvusException as failure:
        assert failure.code == code and text in failure.message, failure
        return
    raise AssertionError(f"expected code {code} '{text}', but nothing was refused")


def rows(first, count):
    return [{"id": key, "vector": [float(key), 1.0]} for key in range(first, first + count)]


def count(client, name):
    return client.query(name, filter="", output_fields=["count(*)"], consistency_level="Strong")[0]["count(*)"]


def rename(client):
    others = set(client.list_collections())
    client.create_collection("old", dimension=2, metric_type="L2")
    client.create_collection("taken", dimension=2, metric_type="L2")
    client.insert("old", rows(0, 5))
    client.create_alias("old", "other")
    refused(1100, "duplicated new collection name default:taken with other collection name or alias",
            client.rename_collection, "old", "taken")
    refused(1100, "collection name or database name should be different", client.rename_collection, "old", "old")
    refused(100, "collection=none", client.rename_collection, "none", "new")
    client.rename_collection("old", "new")
    assert not client.has_collection("old") and client.has_collection("new")
    assert count(client, "new") == 5 and count(client, "other") == 5
    assert set(client.list_collections()) == others | {"new", "taken"}
    client.drop_alias("other")
    client.create_database("shop")
    client.rename_collection("new", "new", "shop")
    assert set(client.list_collections()) == others | {"taken"}
    client.using_database("shop")
    assert count(client, "new") == 5
    client.drop_collection("new")
    client.using_database("default")
    client.drop_database("shop")
    client.drop_collection("taken")


def truncate(client):
    if not hasattr(client, "truncate_collection"):
        return
    client.create_collection("full", dimension=2, metric_type="L2")
    client.insert("full", rows(0, 5))
    client.flush("full")
    client.insert("full", rows(5, 5))
    client.truncate_collection("full")
    assert count(client, "full") == 0
    assert client.list_indexes("full") == ["vector"]
    client.insert("full", rows(0, 2))
    assert count(client, "full") == 2
    client.drop_collection("full")
    refused(100, "collection=full", client.truncate_collection, "full")


def properties(client):
    client.create_collection("props", dimension=2, metric_type="L2")
    refused(104, "can not alter mmap properties if collection loaded",
            client.alter_collection_properties, "props", {"mmap.enabled": True})
    refused(1100, "collection TTL is out of range, expect [-1, 3155760000], got -2",
            client.alter_collection_properties, "props", {"collection.ttl.seconds": -2})
    refused(1100, "unknown or invalid IANA Time Zone ID: Mars/Base",
            client.alter_collection_properties, "props", {"timezone": "Mars/Base"})
    refused(1100, "dynamic schema cannot supported to be disabled",
            client.alter_collection_properties, "props", {"dynamicfield.enabled": False})
    refused(104, "can't alter index on loaded collection, please release the collection first",
            client.alter_index_properties, "props", "vector", {"mmap.enabled": True})
    client.release_collection("props")
    client.alter_collection_properties("props", {"mmap.enabled": True, "collection.ttl.seconds": 3600})
    found = client.describe_collection("props")["properties"]
    assert found["mmap.enabled"] == "True" and found["collection.ttl.seconds"] == "3600", found
    client.drop_collection_properties("props", ["mmap.enabled"])
    assert "mmap.enabled" not in client.describe_collection("props")["properties"]
    client.alter_index_properties("props", "vector", {"mmap.enabled": True})
    assert client.describe_index("props", "vector")["mmap.enabled"] == "True"
    client.drop_index_properties("props", "vector", ["mmap.enabled"])
    assert "mmap.enabled" not in client.describe_index("props", "vector")
    refused(1100, "nlist is not a configable index property",
            client.alter_index_properties, "props", "vector", {"nlist": 5})
    client.drop_collection("props")


def fields(client):
    schema = client.create_schema()
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=2)
    schema.add_field("name", DataType.VARCHAR, max_length=4, nullable=True)
    index = client.prepare_index_params()
    index.add_index("vector", index_type="AUTOINDEX", metric_type="L2")
    client.create_collection("fields", schema=schema, index_params=index)
    client.insert("fields", rows(0, 5))
    client.flush("fields")
    client.insert("fields", rows(5, 5))
    refused(1100, "length of varchar field name exceeds max length", client.insert,
            "fields", [{"id": 9, "vector": [1.0, 2.0], "name": "too long"}])
    client.alter_collection_field("fields", "name", {"max_length": 20})
    client.insert("fields", [{"id": 10, "vector": [10.0, 1.0], "name": "not too long"}])
    refused(1100, "enable_match does not allow update in collection field param",
            client.alter_collection_field, "fields", "name", {"enable_match": True})
    refused(1100, "field none does not exist in collection",
            client.alter_collection_field, "fields", "none", {"max_length": 3})
    client.alter_collection_properties("fields", {"dynamicfield.enabled": True})
    if VERSION >= (2, 6):  # Clients before keep the schema that they know.
        added(client)
    client.drop_collection("fields")


def added(client):
    client.insert("fields", [{"id": 11, "vector": [11.0, 1.0], "free": 7}])
    assert len(ids(client, "free == 7")) == 1
    refused(1100, "added field must be nullable, please check it, field name = size",
            client.add_collection_field, "fields", "size", DataType.INT64)
    refused(1100, "duplicate field name: name", client.add_collection_field, "fields", "name", DataType.INT64,
            nullable=True)
    client.add_collection_field("fields", "size", DataType.INT64, nullable=True)
    client.add_collection_field("fields", "kind", DataType.VARCHAR, max_length=9, nullable=True, default_value="old")
    client.insert("fields", [{"id": 12, "vector": [12.0, 1.0], "size": 3, "kind": "new"}])
    assert ids(client, "size == 3") == [12]
    assert len(ids(client, "size is null")) == 12
    assert len(ids(client, "kind == 'old'")) == 12
    row = client.query("fields", filter="id == 3", output_fields=["*"], consistency_level="Strong")[0]
    assert row["size"] is None and row["kind"] == "old", row
    found = client.search("fields", data=[[3.0, 1.0]], limit=2, filter="kind == 'old'", output_fields=["kind", "size"],
                          consistency_level="Strong")[0]
    assert found[0]["id"] == 3 and found[0]["entity"]["kind"] == "old", found
    index = client.prepare_index_params()
    index.add_index("kind", index_type="INVERTED")
    client.create_index("fields", index)
    client.flush("fields")
    assert len(ids(client, "kind == 'old'")) == 12


def compact(client):
    client.create_collection("pieces", dimension=2, metric_type="L2")
    for part in range(3):
        client.insert("pieces", rows(10 * part, 10))
        client.flush("pieces")
    client.delete("pieces", ids=[5, 25])
    job = client.compact("pieces")
    assert job > 0
    while client.get_compaction_state(job) != "Completed":
        time.sleep(0.1)
    plans = client.get_compaction_plans(job) if hasattr(client, "get_compaction_plans") else None
    assert plans is None or len(plans.plans[0].sources) == 3, plans
    assert client.get_compaction_state(12345) == "Completed"
    assert count(client, "pieces") == 28
    assert len(client.list_persistent_segments("pieces")) == 1
    client.drop_collection("pieces")
    refused(100, "collection=pieces", client.compact, "pieces")


def groups(client):
    default = "__default_resource_group"
    client.create_resource_group("mine")
    assert sorted(client.list_resource_groups()) == [default, "mine"]
    described = client.describe_resource_group(default)
    assert described.name == default and described.num_available_node == 1, described
    refused(301, "resource group already exist, but create with different config", client.create_resource_group, "mine",
            config=ResourceGroupConfig(requests={"node_num": 1}, limits={"node_num": 1}))
    client.update_resource_groups(
        {"mine": ResourceGroupConfig(requests={"node_num": 1}, limits={"node_num": 2})})
    assert client.describe_resource_group("mine").capacity == 1
    refused(1100, "resource group's limits node num is not 0", client.drop_resource_group, "mine")
    client.update_resource_groups(
        {"mine": ResourceGroupConfig(requests={"node_num": 0}, limits={"node_num": 0})})
    client.create_collection("held", dimension=2)
    client.transfer_replica(default, "mine", "held", 1)
    assert dict(client.describe_resource_group("mine").num_loaded_replica) == {"held": 1}
    refused(300, "resource group not found[rg=none]", client.describe_resource_group, "none")
    refused(304, "resource group node not enough", client._get_connection().transfer_node, default, "mine", 5)
    client.drop_collection("held")
    client.drop_resource_group("mine")


def ids(client, text):
    found = client.query("fields", filter=text, output_fields=["id"], consistency_level="Strong")
    return sorted(row["id"] for row in found)


def main(uri):
    client = MilvusClient(uri=uri)
    if VERSION >= (2, 5):
        properties(client)
        fields(client)
    if VERSION >= (2, 6):
        compact(client)
        groups(client)
    rename(client)
    truncate(client)
    client.close()


main(sys.argv[1])
