"""Collections renamed, emptied and altered, by pymilvus.

Usage: alter.py URI
"""
import sys

import pymilvus
from pymilvus import MilvusClient, MilvusException

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
    assert sorted(client.list_collections()) == ["new", "taken"]
    client.drop_alias("other")
    client.create_database("shop")
    client.rename_collection("new", "new", "shop")
    assert client.list_collections() == ["taken"]
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


def main(uri):
    client = MilvusClient(uri=uri)
    rename(client)
    truncate(client)
    client.close()


main(sys.argv[1])
