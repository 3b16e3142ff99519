"""Vectors of every type, every index kind, full text, and searches by key, by a client nobody changed."""
import random
import struct
import sys

import numpy as np
import pymilvus
from pymilvus import DataType, MilvusClient, MilvusException

URI = sys.argv[1]
ROWS = 600
DIM = 16
random.seed(5)
RNG = np.random.default_rng(5)


def refused(text, call, *arguments, **named):
    try:
        call(*arguments, **named)
    except MilvusException as failure:
        assert text in str(failure), (text, str(failure))
        return
    raise AssertionError(f"expected a refusal with: {text}")


def half(vector):
    return np.asarray(vector, dtype=np.float16)


def brain(vector):
    bits = np.asarray(vector, dtype=np.float32).view(np.uint32) >> 16
    return bits.astype(np.uint16).tobytes()


def collection(client, name, kind, dim, index, fill, query, expected, **params):
    if client.has_collection(name):
        client.drop_collection(name)
    schema = client.create_schema()
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("v", kind, **({"dim": dim} if dim else {}))
    indexes = client.prepare_index_params()
    indexes.add_index("v", index_type=index[0], metric_type=index[1], params=params)
    client.create_collection(name, schema=schema, index_params=indexes)
    client.insert(name, [{"id": i, "v": fill(i)} for i in range(ROWS)])
    for _ in range(2):
        hits = client.search(
            name, data=[query(7)], limit=5, output_fields=["v"], search_params={"metric_type": index[1]},
            consistency_level="Strong")[0]
        assert [hit["id"] for hit in hits][0] == 7, (name, index, hits)
        expected(hits)
        client.flush(name)
    described = client.describe_index(name, "v")
    assert described["index_type"] == index[0] and described["metric_type"] == index[1], described
    for key, value in params.items():
        assert str(described[key]) == str(value), (key, described)
    client.drop_collection(name)


def main():
    client = MilvusClient(URI)
    dense = RNG.normal(size=(ROWS, DIM)).astype(np.float32)
    kinds_of_numbers = [
        ("FLAT", {}), ("IVF_FLAT", {"nlist": 8}), ("IVF_SQ8", {"nlist": 8}), ("IVF_PQ", {"nlist": 8, "m": 4}),
        ("SCANN", {"nlist": 8, "with_raw_data": True}), ("HNSW", {"M": 8, "efConstruction": 64}),
        ("DISKANN", {}), ("AUTOINDEX", {}), ("GPU_CAGRA", {"graph_degree": 16}), ("GPU_BRUTE_FORCE", {}),
    ]
    near = lambda hits: None
    # What depends on the index and not on the client is shown by one client.
    every = pymilvus.__version__.startswith("2.6")
    for index, params in kinds_of_numbers if every else kinds_of_numbers[5:6]:
        for metric in ("L2", "COSINE") if every else ("COSINE",):
            collection(client, "of_floats", DataType.FLOAT_VECTOR, DIM, (index, metric),
                       lambda i: dense[i].tolist(), lambda i: dense[i].tolist(), near, **params)
    collection(client, "of_halves", DataType.FLOAT16_VECTOR, DIM, ("HNSW", "L2"),
               lambda i: half(dense[i]), lambda i: half(dense[i]), near)
    signs = [np.packbits(row > 0).tobytes() for row in dense]
    bits = [struct.pack("<I", i * 2654435761 % 2**32) * 2 for i in range(ROWS)]
    graph = {"M": 8, "efConstruction": 64}
    of_bits = [
        ("BIN_IVF_FLAT", "HAMMING", {}), ("BIN_FLAT", "HAMMING", {}), ("BIN_FLAT", "JACCARD", {}),
        ("AUTOINDEX", "JACCARD", {}), ("HNSW", "HAMMING", graph), ("HNSW", "JACCARD", graph)]
    for index, metric, params in of_bits if every else of_bits[:1]:
        def distances(hits):
            assert hits[0]["distance"] == 0, hits
            assert [hit["distance"] for hit in hits] == sorted(hit["distance"] for hit in hits)
        collection(client, "of_bits", DataType.BINARY_VECTOR, 64, (index, metric),
                   lambda i: bits[i], lambda i: bits[i], distances, **params)

    def alike(hits):
        assert hits[0]["distance"] == 1, hits
    if every:
        collection(client, "of_signatures", DataType.BINARY_VECTOR, 64, ("MINHASH_LSH", "MHJACCARD"),
                   lambda i: bits[i], lambda i: bits[i], alike, mh_element_bit_width=32, mh_lsh_band=2)
    assert len(signs) == ROWS
    if hasattr(DataType, "INT8_VECTOR"):
        small = RNG.integers(-128, 127, size=(ROWS, DIM)).astype(np.int8)
        collection(client, "of_bytes", DataType.INT8_VECTOR, DIM, ("HNSW", "COSINE"),
                   lambda i: small[i], lambda i: small[i], near)
    sparse = [{random.randrange(1000): random.random() + 0.1 for _ in range(8)} for _ in range(ROWS)]

    def best_product(hits):
        product = lambda row: sum(value * sparse[7].get(key, 0) for key, value in sparse[row].items())
        expected = sorted((product(row) for row in range(ROWS)), reverse=True)[: len(hits)]
        for hit, score in zip(hits, expected):
            assert abs(hit["distance"] - score) < 1e-4, (hit, score)
    for index in ("SPARSE_INVERTED_INDEX", "SPARSE_WAND", "AUTOINDEX") if every else ("AUTOINDEX",):
        collection(client, "of_pairs", DataType.SPARSE_FLOAT_VECTOR, 0, (index, "IP"),
                   lambda i: sparse[i], lambda i: sparse[i], best_product)
    if hasattr(MilvusClient, "run_analyzer") or _has_functions():
        full_text(client)
    if hasattr(MilvusClient, "run_analyzer"):
        languages(client)


def _has_functions():
    try:
        from pymilvus import Function  # noqa: F401
        return True
    except ImportError:
        return False


def full_text(client):
    from pymilvus import AnnSearchRequest, Function, FunctionType, RRFRanker
    if client.has_collection("texts"):
        client.drop_collection("texts")
    schema = client.create_schema()
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("text", DataType.VARCHAR, max_length=500, enable_analyzer=True, enable_match=True, nullable=True)
    schema.add_field("terms", DataType.SPARSE_FLOAT_VECTOR)
    schema.add_field("v", DataType.FLOAT_VECTOR, dim=2)
    schema.add_function(Function("bm25", FunctionType.BM25, ["text"], ["terms"]))
    indexes = client.prepare_index_params()
    indexes.add_index("terms", index_type="AUTOINDEX", metric_type="BM25")
    indexes.add_index("v", index_type="FLAT", metric_type="L2")
    client.create_collection("texts", schema=schema, index_params=indexes)
    described = client.describe_collection("texts")
    assert described["functions"][0]["name"] == "bm25", described
    assert [f for f in described["fields"] if f["name"] == "terms"][0]["is_function_output"], described
    texts = ["a vector database keeps vectors", "the database of pictures", "faces in video frames", "nothing at all"]
    client.insert("texts", [{"id": i, "text": text, "v": [i, 0.0]} for i, text in enumerate(texts)])
    client.insert("texts", [{"id": 9, "text": None, "v": [9.0, 0.0]}])
    for _ in range(2):
        hits = client.search("texts", data=["vectors in a database"], anns_field="terms", limit=3,
                             output_fields=["text"], consistency_level="Strong")[0]
        assert hits[0]["id"] == 0 and hits[0]["entity"]["text"] == texts[0], hits
        assert {hit["id"] for hit in hits} == {0, 1, 2}, hits
        hybrid = client.hybrid_search(
            "texts",
            [AnnSearchRequest(["pictures"], "terms", {}, 2), AnnSearchRequest([[2.0, 0.0]], "v", {}, 2)],
            RRFRanker(), limit=3, consistency_level="Strong")[0]
        assert {hit["id"] for hit in hybrid} >= {1, 2}, hybrid
        client.flush("texts")
    row = client.query("texts", filter="id == 1", output_fields=["*"])[0]
    assert "terms" not in row and row["text"] == texts[1], row
    refused("not allowed to retrieve raw data of field terms", client.query, "texts", filter="id == 1",
            output_fields=["terms"])
    refused("please provide varchar/text for BM25 Function based search", client.search, "texts",
            data=[{1: 0.5}], anns_field="terms", limit=1)
    client.release_collection("texts")
    refused("load field list [v] does not contain primary key field id", client.load_collection, "texts", load_fields=["v"])
    refused("load field list [id] does not contain vector field", client.load_collection, "texts", load_fields=["id"])
    refused("field nowhere not exist", client.load_collection, "texts", load_fields=["id", "v", "nowhere"])
    client.load_collection("texts", load_fields=["id", "v"])
    assert client.search("texts", data=[[2.0, 0.0]], anns_field="v", limit=1)[0][0]["id"] == 2
    refused("metric type not match", client.search, "texts", data=["a"], anns_field="terms", limit=1,
            search_params={"metric_type": "IP"})


def languages(client):
    """A field with an analyzer for each language that another field names."""
    from pymilvus import Function, FunctionType
    if client.has_collection("languages"):
        client.drop_collection("languages")
    analyzers = {
        "Japanese": {"tokenizer": {"type": "lindera", "dict_kind": "ipadic"}, "filter": ["removepunct"]},
        "English": {"type": "english"},
        "default": {"tokenizer": "icu"},
    }
    schema = client.create_schema()
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("language", DataType.VARCHAR, max_length=20, nullable=True)
    schema.add_field("text", DataType.VARCHAR, max_length=500, enable_analyzer=True,
                     multi_analyzer_params={"by_field": "language", "analyzers": analyzers, "alias": {"en": "English"}})
    schema.add_field("terms", DataType.SPARSE_FLOAT_VECTOR)
    schema.add_function(Function("bm25", FunctionType.BM25, ["text"], ["terms"]))
    indexes = client.prepare_index_params()
    indexes.add_index("terms", index_type="AUTOINDEX", metric_type="BM25")
    client.create_collection("languages", schema=schema, index_params=indexes)
    client.insert("languages", [
        {"id": 1, "text": "The Lord of the Rings", "language": "en"},
        {"id": 2, "text": "千と千尋の神隠し", "language": "Japanese"},
        {"id": 3, "text": "The Rings", "language": None},
    ])

    def found(text, **params):
        hits = client.search("languages", data=[text], anns_field="terms", limit=3, consistency_level="Strong",
                             search_params={"metric_type": "BM25", **params})[0]
        return [hit["id"] for hit in hits]
    assert found("ring", analyzer_name="English") == [1]
    assert found("神隠し", analyzer_name="Japanese") == [2]
    assert found("Rings") == [3]
    try:
        shown = client.run_analyzer(["Rings", "神隠し"], collection_name="languages", field_name="text",
                                    analyzer_names=["en", "Japanese"])
    except TypeError:  # pymilvus 2.5 has no such arguments.
        return
    assert [list(result.tokens) for result in shown] == [["ring"], ["神隠し"]], shown
    refused("analyzer names must be set for multi analyzer", client.run_analyzer, ["Rings"],
            collection_name="languages", field_name="text")
    by_themselves = client.run_analyzer(["The Lords of the Rings are running", "神隠し"], {"tokenizer": {
        "type": "language_identifier", "identifier": "lingua", "analyzers": analyzers}})
    assert [list(result.tokens) for result in by_themselves] == [["lord", "ring", "run"], ["神隠し"]], by_themselves


main()
