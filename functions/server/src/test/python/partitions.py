"""Partitions, partition keys and what is loaded of them, by pymilvus.

Usage: partitions.py URI
"""
import sys

from pymilvus import DataType, MilvusClient, MilvusException


def refused(code, text, call, *arguments, **named):
    try:
        call(*arguments, **named)
    except MilvusException as failure:
        assert failure.code == code and text in failure.message, failure
        return
    raise AssertionError(f"expected code {code} '{text}', but nothing was refused")


def rows(first, count):
    return [{"id": key, "vector": [float(key), 1.0]} for key in range(first, first + count)]


def count(client, name, **named):
    return client.query(name, filter="", output_fields=["count(*)"], consistency_level="Strong", **named)[0]["count(*)"]


def named_partitions(client):
    client.create_collection("parts", dimension=2, metric_type="L2")
    client.create_partition("parts", "a")
    client.create_partition("parts", "a")
    client.create_partition("parts", "2024")
    assert client.list_partitions("parts") == ["_default", "a", "2024"]
    assert client.has_partition("parts", "a") and not client.has_partition("parts", "b")
    for partition in ("_default", "a", "2024"):
        client.insert("parts", rows(0, 10), partition_name=partition)
    client.insert("parts", rows(10, 5), partition_name="a")
    for _ in range(2):
        assert count(client, "parts") == 35
        assert count(client, "parts", partition_names=["a"]) == 15
        assert client.get_partition_stats("parts", "a")["row_count"] == 15
        hits = client.search("parts", data=[[14.0, 1.0]], limit=3, partition_names=["a"])[0]
        assert [hit["id"] for hit in hits] == [14, 13, 12]
        hits = client.search("parts", data=[[14.0, 1.0]], limit=3, partition_names=["_default", "2024"])[0]
        assert [hit["id"] for hit in hits] == [9, 8, 7]
        assert len(client.get("parts", ids=[3, 12], partition_names=["2024"])) == 1
        client.flush("parts")
    client.delete("parts", ids=[1, 2], partition_name="2024")
    assert count(client, "parts", partition_names=["2024"]) == 8
    assert count(client, "parts") == 33
    client.upsert("parts", rows(0, 2), partition_name="a")
    assert count(client, "parts", partition_names=["a"]) == 15
    refused(1100, "partition name b not found", client.search, "parts", data=[[1.0, 1.0]], limit=1, partition_names=["b"])
    refused(200, "partition not found[partition=b]", client.insert, "parts", rows(0, 1), partition_name="b")
    refused(65535, "partition cannot be dropped, partition is loaded", client.drop_partition, "parts", "a")
    refused(65535, "default partition cannot be deleted", client.drop_partition, "parts", "_default")
    refused(1100, "Invalid partition name", client.create_partition, "parts", "-a")
    client.release_partitions("parts", ["a"])
    assert "NotLoad" in str(client.get_load_state("parts", partition_name="a")["state"])
    assert str(client.get_load_state("parts")["state"]) == "Loaded"
    refused(201, "partition not loaded", client.query, "parts", filter="id > 0", partition_names=["a"])
    assert count(client, "parts") == 18
    client.load_partitions("parts", ["a"])
    assert count(client, "parts") == 33
    client.release_partitions("parts", ["a"])
    client.drop_partition("parts", "a")
    client.drop_partition("parts", "a")
    assert client.list_partitions("parts") == ["_default", "2024"]
    assert count(client, "parts") == 18


def partition_key(client):
    schema = client.create_schema()
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("tenant", DataType.VARCHAR, max_length=32, is_partition_key=True)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=2)
    index = client.prepare_index_params()
    index.add_index("vector", index_type="FLAT", metric_type="L2")
    client.create_collection("keyed", schema=schema, index_params=index, num_partitions=8)
    described = client.describe_collection("keyed")
    assert described["num_partitions"] == 8
    assert [field["name"] for field in described["fields"] if field.get("is_partition_key")] == ["tenant"]
    assert client.list_partitions("keyed") == [f"_default_{i}" for i in range(8)]
    client.insert("keyed", [dict(row, tenant=f"t{row['id'] % 5}") for row in rows(0, 100)])
    for _ in range(2):
        found = client.query("keyed", filter='tenant == "t3"', output_fields=["id"])
        assert sorted(row["id"] for row in found) == list(range(3, 100, 5))
        hits = client.search("keyed", data=[[50.0, 1.0]], limit=2, filter='tenant in ["t1"]')[0]
        assert [hit["id"] for hit in hits] == [51, 46], hits
        client.flush("keyed")
    refusal = "not support manually specifying the partition names if partition key mode is used"
    refused(1100, refusal, client.query, "keyed", filter="id > 0", partition_names=["_default_1"])
    refused(65535, "disable create partition", client.create_partition, "keyed", "a")
    refused(1100, "num_partitions should only be specified", client.create_collection, "wrong", schema=plain(client), num_partitions=3)


def plain(client):
    schema = client.create_schema()
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=2)
    return schema


if __name__ == "__main__":
    milvus = MilvusClient(sys.argv[1])
    named_partitions(milvus)
    partition_key(milvus)
