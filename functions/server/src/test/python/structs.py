"""Arrays of structs written and read, by pymilvus 2.6.

Usage: structs.py URI
"""
import sys

from pymilvus import DataType, MilvusClient, MilvusException


def refused(text, call, *arguments, **named):
    try:
        call(*arguments, **named)
    except MilvusException as failure:
        assert text in failure.message, failure
        return
    raise AssertionError(f"expected '{text}', but nothing was refused")


def paragraphs(n):
    return [{"text": f"p{n}.{i}", "page": 10 * n + i, "embedding": [float(n), float(i)]} for i in range(n)]


def search_lists(client):
    """Late interaction: of each query vector the nearest of a row's, all added up."""
    from pymilvus.client.embedding_list import EmbeddingList
    client.release_collection("docs")
    indexes = client.prepare_index_params()
    indexes.add_index("paragraphs[embedding]", index_name="lists", index_type="HNSW", metric_type="MAX_SIM_IP",
                      params={"M": 8, "efConstruction": 64})
    client.create_index("docs", indexes)
    client.load_collection("docs")
    rows = {row["id"]: row["paragraphs"] for row in client.query("docs", filter="id >= 0", output_fields=["*"])}
    queries = [[[1.0, 0.0], [0.0, 1.0]], [[-1.0, 0.5]]]

    def score(query, paragraphs):
        return sum(max(a * p["embedding"][0] + b * p["embedding"][1] for p in paragraphs) for a, b in query)
    lists = []
    for query in queries:
        one = EmbeddingList()
        for vector in query:
            one.add(vector)
        lists.append(one)
    found = client.search("docs", data=lists, anns_field="paragraphs[embedding]", limit=5,
                          search_params={"metric_type": "MAX_SIM_IP"})
    for query, hits in zip(queries, found):
        expected = sorted(((score(query, p), key) for key, p in rows.items() if p), key=lambda pair: (-pair[0], pair[1]))
        assert [(hit["distance"], hit["id"]) for hit in hits] == [(s, key) for s, key in expected], (hits, expected)
    refused("vector type must be the same", client.search, "docs", data=[[1.0, 0.0]], anns_field="paragraphs[embedding]",
            limit=1)


def search_elements(client):
    """Every paragraph by itself, told apart by its place within the row."""
    client.release_collection("docs")
    client.drop_index("docs", "lists")
    indexes = client.prepare_index_params()
    indexes.add_index("paragraphs[embedding]", index_name="elements", index_type="HNSW", metric_type="L2")
    client.create_index("docs", indexes)
    client.load_collection("docs")
    rows = {row["id"]: row["paragraphs"] for row in client.query("docs", filter="id >= 0", output_fields=["*"])}
    query = [3.0, 1.25]
    found = client.search("docs", data=[query], anns_field="paragraphs[embedding]", limit=6, output_fields=["paragraphs"],
                          search_params={"metric_type": "L2"})[0]
    expected = sorted((sum((a - b) ** 2 for a, b in zip(query, one["embedding"])), key, place)
                      for key, row in rows.items() for place, one in enumerate(row))[:6]
    assert [(hit["distance"], hit["id"], hit["offset"]) for hit in found] == expected, (found, expected)
    assert all(list(hit["entity"]["paragraphs"]) == list(rows[hit["id"]]) for hit in found), found


def main(uri):
    client = MilvusClient(uri)
    schema = client.create_schema(auto_id=False)
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=2)
    struct = client.create_struct_field_schema()
    struct.add_field("text", DataType.VARCHAR, max_length=20)
    struct.add_field("page", DataType.INT32)
    struct.add_field("embedding", DataType.FLOAT_VECTOR, dim=2)
    schema.add_field(
        "paragraphs", DataType.ARRAY, element_type=DataType.STRUCT, struct_schema=struct, max_capacity=5,
        description="of the page",
    )
    schema.add_field("n", DataType.INT64)
    indexes = client.prepare_index_params()
    indexes.add_index("vector", index_type="FLAT", metric_type="L2")
    client.create_collection("docs", schema=schema, index_params=indexes, consistency_level="Strong")
    described = client.describe_collection("docs")
    found = described["fields"][3]
    assert found["name"] == "paragraphs" and found["description"] == "of the page", described
    assert found["params"] == {"max_capacity": 5}, found
    members = [(member["name"], member["type"]) for member in found["struct_fields"]]
    assert members == [("text", DataType.VARCHAR), ("page", DataType.INT32), ("embedding", DataType.FLOAT_VECTOR)], found
    client.insert("docs", [{"id": n, "vector": [float(n), 0.0], "n": n, "paragraphs": paragraphs(n)} for n in range(5)])
    for _ in range(2):
        rows = client.query("docs", filter="id >= 0", output_fields=["*"])
        assert [row["id"] for row in rows] == list(range(5))
        for row in rows:
            assert list(row["paragraphs"]) == paragraphs(row["id"]), row
        hit = client.search("docs", data=[[3.0, 0.0]], limit=1, output_fields=["paragraphs", "n"])[0][0]
        assert list(hit["entity"]["paragraphs"]) == paragraphs(3) and hit["entity"]["n"] == 3, hit
        client.flush("docs")
    client.upsert("docs", [{"id": 2, "vector": [0.0, 0.0], "n": 2, "paragraphs": paragraphs(4)}])
    client.upsert("docs", [{"id": 1, "n": 11}], partial_update=True)
    rows = client.query("docs", filter="id in [1, 2]", output_fields=["paragraphs", "n"])
    assert list(rows[0]["paragraphs"]) == paragraphs(1) and rows[0]["n"] == 11, rows
    assert list(rows[1]["paragraphs"]) == paragraphs(4), rows
    search_lists(client)
    search_elements(client)
    refused("exceeds max", client.insert, "docs", [{"id": 9, "vector": [0.0, 0.0], "n": 9, "paragraphs": paragraphs(6)}])
    refused("is illegal, array type mismatch", client.insert, "docs", [{"id": 9, "vector": [0.0, 0.0], "n": 9}])
    print("structs: all as expected")


if __name__ == "__main__":
    main(sys.argv[1])
