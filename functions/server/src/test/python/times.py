"""Times and shapes in filters, with and without indexes, by pymilvus 2.6.

Usage: times.py URI
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


def collection(client, name, field, kind, index, **properties):
    schema = client.create_schema(auto_id=False)
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=2)
    schema.add_field(field, kind, nullable=True)
    indexes = client.prepare_index_params()
    indexes.add_index("vector", index_type="FLAT", metric_type="L2")
    if index is not None:
        indexes.add_index(field, index_type=index)
    client.create_collection(name, schema=schema, index_params=indexes, consistency_level="Strong", **properties)


def ids(client, name, filter, **named):
    found = sorted(row["id"] for row in client.query(name, filter=filter, output_fields=["id"], **named))
    hits = client.search(name, data=[[0.0, 0.0]], limit=100, filter=filter, **named)[0]
    assert sorted(hit["id"] for hit in hits) == found, (filter, found, hits)
    return found


def times(client, index):
    name = f"times_{index}"
    collection(client, name, "ts", DataType.TIMESTAMPTZ, index, properties={"timezone": "Asia/Shanghai"})
    values = ["2025-01-01T00:00:00", "2025-01-31T12:00:00Z", "2024-02-29T00:00:00+03:00", None]
    client.insert(name, [{"id": i, "vector": [float(i), 0.0], "ts": value} for i, value in enumerate(values)])
    for _ in range(2):
        assert ids(client, name, "ts == ISO '2024-12-31T16:00:00Z'") == [0]
        assert ids(client, name, "ts == ISO '2025-01-01 00:00:00'") == [0]
        assert ids(client, name, "ts == ISO '2025-01-01 00:00:00'", timezone="UTC") == []
        assert ids(client, name, "ISO '2024-01-01' < ts <= ISO '2025-01-01'") == [0, 2]
        assert ids(client, name, "ts != ISO '2024-12-31T16:00:00Z'") == [1, 2]
        assert ids(client, name, "ts + INTERVAL 'P1D' <= ISO '2025-01-02'") == [0, 2]
        assert ids(client, name, "ts - INTERVAL 'P1M' >= ISO '2024-12-31T12:00:00Z'") == [1]
        assert ids(client, name, "ts in [ISO '2025-01-31T12:00:00Z', ISO '2025-01-01']") == [0, 1]
        assert ids(client, name, "ts is null") == [3]
        client.flush(name)
    row = client.query(name, filter="id == 0", output_fields=["ts"])[0]
    assert row["ts"] == "2025-01-01T00:00:00+08:00", row
    rows = client.query(
        name, filter="id in [1, 3]", output_fields=["ts"], timezone="UTC", time_fields="year, month, day, hour"
    )
    assert rows[0]["ts"] == [2025, 1, 31, 12], rows
    hit = client.search(
        name, data=[[0.0, 0.0]], limit=1, output_fields=["ts"], timezone="UTC", time_fields="hour,day"
    )[0][0]
    assert hit["entity"]["ts"] == [16, 31], hit
    refused("got invalid timestamptz string 'never'", client.query, name, filter="ts > ISO 'never'")
    refused("field 'id' is not a timestamptz datatype", client.query, name, filter="id > ISO '2024-01-01'")
    refused("invalid ISO 8601 duration: 1 day", client.query, name, filter="ts + INTERVAL '1 day' > ISO '2024-01-01'")


def shapes(client, index):
    name = f"shapes_{index}"
    collection(client, name, "geo", DataType.GEOMETRY, index)
    values = [
        "POINT (1 1)", "POINT(20 20)", "POLYGON((0 0, 10 0, 10 10, 0 10, 0 0))", None, "LINESTRING (-5 5, 5 5)",
    ]
    client.insert(name, [{"id": i, "vector": [float(i), 0.0], "geo": value} for i, value in enumerate(values)])
    square = "'POLYGON((0 0, 10 0, 10 10, 0 10, 0 0))'"
    for _ in range(2):
        assert ids(client, name, f"ST_WITHIN(geo, {square})") == [0, 2]
        assert ids(client, name, f"st_equals(geo, {square})") == [2]
        assert ids(client, name, f"st_intersects(geo, {square}) and id > 0") == [2, 4]
        assert ids(client, name, f"not st_intersects(geo, {square})") == [1]
        assert ids(client, name, f"st_crosses(geo, {square})") == [4]
        assert ids(client, name, "st_contains(geo, 'POINT (5 5)')") == [2]
        assert ids(client, name, "st_touches(geo, 'POINT (5 5)')") == [4]
        assert ids(client, name, "st_overlaps(geo, 'LINESTRING (0 5, 9 5)')") == [4]
        assert ids(client, name, "st_dwithin(geo, 'POINT (1.001 1)', 112)") == [0, 2]
        assert ids(client, name, "st_isvalid(geo)") == [0, 1, 2, 4]
        assert ids(client, name, "geo is null") == [3]
        client.flush(name)
    row = client.query(name, filter="id == 2", output_fields=["geo"])[0]
    assert row["geo"] == "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))", row
    refused("failed to parse WKT", client.query, name, filter="st_within(geo, 'POINT (1')")
    refused("only supported on geometry fields", client.query, name, filter="st_within(id, 'POINT (1 1)')")
    refused("only supports POINT geometry", client.query, name, filter=f"st_dwithin(geo, {square}, 1)")
    if index is not None:
        described = client.describe_index(name, "geo")
        assert described["index_type"] == index, described


def defaults(client):
    """A shape by default, and a query without the rows that are not sealed yet."""
    schema = client.create_schema(auto_id=False)
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=2)
    schema.add_field("geo", DataType.GEOMETRY, default_value="POINT (1 2)")
    indexes = client.prepare_index_params()
    indexes.add_index("vector", index_type="FLAT", metric_type="L2")
    client.create_collection("places", schema=schema, index_params=indexes, consistency_level="Strong")
    client.insert("places", [{"id": 0, "vector": [0.0, 0.0]}, {"id": 1, "vector": [0.0, 0.0], "geo": "POINT (5 5)"}])
    rows = client.query("places", filter="id >= 0", output_fields=["geo"])
    assert [row["geo"] for row in rows] == ["POINT (1 2)", "POINT (5 5)"], rows
    described = [field for field in client.describe_collection("places")["fields"] if field["name"] == "geo"][0]
    assert described["default_value"].string_data == "POINT (1 2)", described
    client.flush("places")
    client.insert("places", [{"id": 2, "vector": [0.0, 0.0]}])
    sealed = client.query("places", filter="id >= 0", output_fields=["id"], ignore_growing=True)
    assert [row["id"] for row in sealed] == [0, 1], sealed
    assert client.query("places", filter="", output_fields=["count(*)"])[0]["count(*)"] == 3


def main(uri):
    client = MilvusClient(uri)
    for index in (None, "STL_SORT", "AUTOINDEX"):
        times(client, index)
    for index in (None, "RTREE", "AUTOINDEX"):
        shapes(client, index)
    defaults(client)
    refused(
        "RTREE index can only be built on geometry field",
        client.create_index, "times_None", indexes_of(client, "ts", "RTREE"),
    )
    print("times and shapes: all as expected")


def indexes_of(client, field, kind):
    indexes = client.prepare_index_params()
    indexes.add_index(field, index_type=kind)
    return indexes


if __name__ == "__main__":
    main(sys.argv[1])
