"""Databases and aliases, by pymilvus.

Usage: names.py URI
"""
import sys

from pymilvus import MilvusClient, MilvusException


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


def aliases(client):
    client.create_collection("one", dimension=2, metric_type="L2")
    client.create_collection("two", dimension=2, metric_type="L2")
    client.create_alias("one", "other")
    client.create_alias("one", "other")
    client.insert("other", rows(0, 5))
    assert count(client, "one") == 5 and count(client, "other") == 5
    found = client.search("other", data=[[3.0, 1.0]], limit=1, consistency_level="Strong")
    assert found[0][0]["id"] == 3
    described = client.describe_collection("other")
    assert described["collection_name"] == "one" and list(described["aliases"]) == ["other"], described
    assert client.describe_alias("other")["collection_name"] == "one"
    assert list(client.list_aliases("one")["aliases"]) == ["other"]
    refused(1602, "other is alias to another collection: one: alias already exist[database=default][alias=other]",
            client.create_alias, "two", "other")
    refused(1601, "alias and collection name conflict", client.create_alias, "one", "two")
    refused(100, "collection=none", client.create_alias, "none", "more")
    refused(1600, "alias not found[database=default][alias=more]", client.alter_alias, "one", "more")
    refused(1600, "alias not found[database=default][alias=more]", client.describe_alias, "more")
    refused(1100, "because it has associated aliases", client.drop_collection, "one")
    client.alter_alias("two", "other")
    assert count(client, "other") == 0
    client.drop_alias("other")
    client.drop_alias("other")
    assert not client.has_collection("other")
    client.drop_collection("one")
    client.drop_collection("two")


def databases(client, uri):
    others, collections = set(client.list_databases()), client.list_collections()
    assert "default" in others and "one" not in collections
    client.create_database("shop")
    refused(1100, "database already exist: shop", client.create_database, "shop")
    refused(802, "the first character of a database name must be an underscore or letter", client.create_database, "1")
    assert set(client.list_databases()) == others | {"shop"}
    there = MilvusClient(uri=uri, db_name="shop")
    there.create_collection("one", dimension=2, metric_type="L2")
    there.insert("one", rows(0, 3))
    assert count(there, "one") == 3
    assert there.list_collections() == ["one"] and client.list_collections() == collections
    refused(1100, "database:shop not empty, must drop all collections before drop database",
            client.drop_database, "shop")
    there.drop_collection("one")
    client.drop_database("shop")
    client.drop_database("shop")
    refused(800, "database not found[database=shop]", there.list_collections)
    refused(1100, "can not drop default database", client.drop_database, "default")


def main(uri):
    client = MilvusClient(uri=uri)
    aliases(client)
    if hasattr(client, "create_database"):
        databases(client, uri)


main(sys.argv[1])
