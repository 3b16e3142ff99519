"""Rows inserted, upserted, changed in part and deleted, by pymilvus.

Usage: writes.py URI VERSION
"""
import sys

from pymilvus import DataType, MilvusClient, MilvusException


def refused(text, call, *arguments, **named):
    try:
        call(*arguments, **named)
    except MilvusException as failure:
        assert failure.code == 1100 and text in failure.message, failure
        return
    raise AssertionError(f"expected '{text}', but nothing was refused")


def collection(client, name, schema, **named):
    indexes = client.prepare_index_params()
    indexes.add_index("vector", index_type="FLAT", metric_type="L2")
    client.create_collection(name, schema=schema, index_params=indexes, consistency_level="Strong", **named)


def all_rows(client, name, filter="", limit=1000):
    return client.query(name, filter=filter, limit=limit, output_fields=["*"])


def auto_ids(client, kind):
    name = f"auto_{kind.name}"
    schema = client.create_schema(auto_id=True)
    length = {"max_length": 64} if kind == DataType.VARCHAR else {}
    schema.add_field("id", kind, is_primary=True, auto_id=True, **length)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=2)
    schema.add_field("n", DataType.INT64)
    collection(client, name, schema)
    inserted = client.insert(name, [{"vector": [float(n), 0.0], "n": n} for n in range(5)])
    ids = list(inserted["ids"])
    assert inserted["insert_count"] == 5 and len(set(ids)) == 5, inserted
    assert all(isinstance(key, str if kind == DataType.VARCHAR else int) for key in ids), ids
    assert sorted(row["n"] for row in all_rows(client, name)) == [0, 1, 2, 3, 4]
    assert client.get(name, ids=[ids[3]])[0]["n"] == 3
    upserted = client.upsert(name, [{"id": ids[3], "vector": [3.0, 0.0], "n": 33}])
    assert upserted["upsert_count"] == 1, upserted
    rows = all_rows(client, name)
    assert sorted(row["n"] for row in rows) == [0, 1, 2, 4, 33], rows
    assert ids[3] not in [row["id"] for row in rows], "an upsert gives a generated key anew"
    assert client.delete(name, ids=[ids[0], ids[1]])["delete_count"] == 2
    assert sorted(row["n"] for row in all_rows(client, name)) == [2, 4, 33]


def given_ids(client):
    schema = client.create_schema(auto_id=True)
    schema.add_field("id", DataType.INT64, is_primary=True, auto_id=True)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=2)
    collection(client, "given", schema, properties={"allow_insert_auto_id": "true"})
    assert list(client.insert("given", [{"id": 7, "vector": [0.0, 0.0]}])["ids"]) == [7]
    generated = client.insert("given", [{"vector": [0.0, 0.0]}])["ids"][0]
    assert sorted(row["id"] for row in all_rows(client, "given")) == sorted([7, generated])


def counts(client):
    schema = client.create_schema(auto_id=False)
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=2)
    collection(client, "counts", schema)
    client.insert("counts", [{"id": n, "vector": [float(n), 0.0]} for n in range(10)])
    assert client.delete("counts", ids=[1, 2, 1000])["delete_count"] == 3, "listed keys are counted unseen"
    assert client.delete("counts", filter="id > 6")["delete_count"] == 3, "rows that match are counted"
    refused("delete plan can't be empty or always true", client.delete, "counts", filter="1 == 1")
    refused("failed to create delete plan: cannot parse expression", client.delete, "counts", filter="id >")
    row = {"id": 5, "vector": [0.0, 0.0]}
    refused("duplicate primary keys are not allowed in the same batch", client.upsert, "counts", [row, row])
    assert len(all_rows(client, "counts")) == 5


def partial(client):
    schema = client.create_schema(auto_id=False, enable_dynamic_field=True)
    schema.add_field("id", DataType.VARCHAR, is_primary=True, max_length=20)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=2)
    schema.add_field("title", DataType.VARCHAR, max_length=20, nullable=True)
    schema.add_field("n", DataType.INT64)
    schema.add_field("tags", DataType.ARRAY, element_type=DataType.VARCHAR, max_capacity=4, max_length=9, nullable=True)
    schema.add_field("j", DataType.JSON, nullable=True)
    collection(client, "partial", schema)
    rows = [
        {"id": f"k{n}", "vector": [float(n), 1.0], "title": f"t{n}", "n": n, "tags": ["a", "b"], "j": {"x": n}, "color": "red"}
        for n in range(4)
    ]
    client.insert("partial", rows)
    client.flush("partial")
    changed = client.upsert("partial", [{"id": "k1", "n": 11}, {"id": "k2", "n": 12}], partial_update=True)
    assert changed["upsert_count"] == 2, changed
    client.upsert("partial", [{"id": "k1", "title": None, "size": 3}], partial_update=True)
    client.upsert("partial", [{"id": "k3", "vector": [9.0, 9.0], "j": {"y": 1}}], partial_update=True)
    found = {row["id"]: row for row in all_rows(client, "partial")}
    assert found["k0"]["n"] == 0 and found["k1"]["n"] == 11 and found["k2"]["n"] == 12, found
    assert found["k1"]["title"] is None and found["k1"]["color"] == "red" and found["k1"]["size"] == 3, found["k1"]
    assert found["k3"]["j"] == {"y": 1} and found["k3"]["vector"] == [9.0, 9.0] and found["k3"]["n"] == 3, found["k3"]
    hit = client.search("partial", data=[[9.0, 9.0]], limit=1, output_fields=["n", "title"])[0][0]
    assert hit["id"] == "k3" and hit["entity"]["title"] == "t3", hit
    refused(
        "fieldSchema(vector) has no corresponding fieldData pass in",
        client.upsert, "partial", [{"id": "new", "n": 5}], partial_update=True,
    )
    client.upsert("partial", [{"id": "new", "n": 5, "vector": [0.0, 0.0]}], partial_update=True)
    assert len(all_rows(client, "partial")) == 5
    arrays(client)


def arrays(client):
    from pymilvus import FieldOp

    def tags(key):
        return list(client.get("partial", ids=[key], output_fields=["tags"])[0]["tags"])

    client.upsert("partial", [{"id": "k1", "tags": ["c"]}], field_ops={"tags": FieldOp.array_append()})
    assert tags("k1") == ["a", "b", "c"], tags("k1")
    client.upsert("partial", [{"id": "k1", "tags": ["a"]}], field_ops={"tags": FieldOp.array_remove()})
    assert tags("k1") == ["b", "c"], tags("k1")
    refused(
        "array length 5 exceeds max_capacity 4",
        client.upsert, "partial", [{"id": "k1", "tags": ["d", "e", "f"]}], field_ops={"tags": FieldOp.array_append()},
    )
    refused(
        'op ARRAY_APPEND requires Array field, but field "n" is Int64',
        client.upsert, "partial", [{"id": "k1", "n": 1}], field_ops={"n": FieldOp.array_append()},
    )
    assert tags("k1") == ["b", "c"], tags("k1")


def main(uri, version):
    client = MilvusClient(uri)
    for kind in (DataType.INT64, DataType.VARCHAR):
        auto_ids(client, kind)
    counts(client)
    if version == "2.6":
        given_ids(client)
        partial(client)
    print("writes: all as expected")


if __name__ == "__main__":
    main(*sys.argv[1:])
