"""Reads whose answers are ordered, marked and grouped, by pymilvus 2.6.

Usage: reads.py URI
"""
import sys

from pymilvus import AnnSearchRequest, DataType, Function, FunctionType, LexicalHighlighter, MilvusClient
from pymilvus import MilvusException, RRFRanker

TEXTS = ["red fox", "a fox of red and red", "snow", "the fox and the red fox", ""]


def refused(code, text, call, *arguments, **named):
    try:
        call(*arguments, **named)
    except MilvusException as failure:
        assert failure.code == code and text in failure.message, failure
        return
    raise AssertionError(f"expected '{text}', but nothing was refused")


def fill(client):
    schema = client.create_schema(auto_id=False, enable_dynamic_field=True)
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("text", DataType.VARCHAR, max_length=100, enable_analyzer=True)
    schema.add_field("terms", DataType.SPARSE_FLOAT_VECTOR)
    schema.add_field("v", DataType.FLOAT_VECTOR, dim=2)
    schema.add_field("at", DataType.TIMESTAMPTZ)
    schema.add_field("info", DataType.JSON, nullable=True)
    schema.add_function(Function("bm25", FunctionType.BM25, ["text"], ["terms"]))
    indexes = client.prepare_index_params()
    indexes.add_index("terms", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25")
    indexes.add_index("v", index_type="FLAT", metric_type="L2")
    client.create_collection("reads", schema=schema, index_params=indexes, consistency_level="Strong")
    client.insert("reads", [
        {
            "id": i, "text": text, "v": [float(i), 0.0], "at": f"2025-01-0{i + 1}T00:00:00Z",
            "info": {"shop": {"no": i // 2}}, "price": 10 - i, "colour": "red" if i < 3 else "blue",
        }
        for i, text in enumerate(TEXTS)
    ])


def ids(rows):
    return [row["id"] for row in rows]


def near(client, limit=5, **named):
    return client.search("reads", data=[[0.0, 0.0]], anns_field="v", limit=limit, **named)[0]


def ordered(client):
    assert ids(near(client, order_by_fields=[{"field": "price"}])) == [4, 3, 2, 1, 0]
    assert ids(near(client, 3, order_by_fields=[{"field": "at", "order": "desc"}])) == [2, 1, 0]
    refused(1100, "order_by field 'v' has unsortable type", near, client, order_by_fields=[{"field": "v"}])
    part = AnnSearchRequest([[0.0, 0.0]], "v", {}, 4)
    found = client.hybrid_search(
        "reads", [part], RRFRanker(), limit=3, output_fields=["at"], timezone="Asia/Shanghai", time_fields="day,hour"
    )[0]
    assert [(hit["id"], hit["entity"]["at"]) for hit in found] == [(0, [1, 8]), (1, [2, 8]), (2, [3, 8])], found


def marked(client):
    highlighter = LexicalHighlighter(
        pre_tags=["<b>", "<i>"], post_tags=["</b>", "</i>"], highlight_search_text=True,
        highlight_query=[{"type": "TextMatch", "field": "text", "text": "OF"}],
    )
    found = client.search(
        "reads", data=["fox", "snow"], anns_field="terms", limit=5, output_fields=["id"], highlighter=highlighter
    )
    marks = [{hit["id"]: hit["highlight"]["text"]["fragments"] for hit in hits} for hits in found]
    assert marks == [
        {0: ["<b>fox</b>"], 1: ["<b>fox</b> <i>of</i> red and red"], 3: ["<b>fox</b> and the red <i>fox</i>"]},
        {2: ["<b>snow</b>"]},
    ], marks
    words = LexicalHighlighter(highlight_query=[{"type": "TextMatch", "field": "text", "text": "red"}],
                               fragment_size=3, num_of_fragments=2)
    marks = [hit["highlight"]["text"]["fragments"] for hit in near(client, highlighter=words)]
    em = "<em>red</em>"
    assert marks == [[em], [em, em], [], [em], []], marks
    refused(1100, 'only support with metric type "BM25"', near, client,
            highlighter=LexicalHighlighter(highlight_search_text=True))
    for wrong, text in (
        ({"pre_tags": []}, "pre_tags cannot be empty list"),
        ({"fragment_size": 0}, "invalid fragment_size: 0"),
        ({"highlight_query": [{"type": "Phrase", "field": "text", "text": "x"}]}, "invalid highlight query type: Phrase"),
        ({"highlight_query": [{"type": "TextMatch", "field": "none", "text": "x"}]}, "highlight field not found in schema: none"),
        ({"highlight_query": [{"type": "TextMatch", "field": "info", "text": "x"}]}, "the highlight field not found, info"),
        ({"highlight_query": [{"type": "TextMatch", "field": "text"}]}, "must set `text` in query"),
    ):
        refused(1100, text, near, client, highlighter=LexicalHighlighter(**wrong))


def grouped(client):
    assert ids(near(client, group_by_field="colour")) == [0, 3]
    assert ids(near(client, group_by_field='info["shop"]["no"]', group_size=2)) == [0, 1, 2, 3, 4]
    assert ids(near(client, 2, group_by_field="info", json_path='info["shop"]["no"]')) == [0, 2]
    assert ids(near(client, group_by_field="price", json_type=DataType.INT8)) == [0, 1, 2, 3, 4]
    # Texts are no numbers: all are as null.
    assert ids(near(client, group_by_field="colour", json_type=DataType.INT64)) == [0]
    part = AnnSearchRequest([[0.0, 0.0]], "v", {}, 5)
    assert ids(client.hybrid_search("reads", [part], RRFRanker(), limit=5, group_by_field="colour")[0]) == [0, 3]
    refused(1100, "expected values of json_type Int64, as strict_cast says, found TEXT", near, client,
            group_by_field="colour", json_type=DataType.INT64, strict_cast=True)
    refused(1100, "unless json_path names a value in it", near, client, group_by_field="info")
    refused(1100, "json_path text: expected a path in info", near, client, group_by_field="info", json_path="text")
    refused(1100, "unsupported data type VARCHAR for group by operator", near, client, group_by_field="text[0]")


def decay(*fields, **params):
    params = {"reranker": "decay", "function": "exp", "origin": 4, "scale": 0.5} | params
    return Function("closer", FunctionType.RERANK, list(fields), params=params)


def reranked(client):
    assert ids(near(client, ranker=decay("id"))) == [4, 3, 2, 1, 0]
    half_a_day = 43_200_000_000
    fourth = 1_735_948_800_000_000
    assert ids(near(client, ranker=decay("at", origin=fourth, scale=half_a_day))) == [3, 2, 1, 0, 4]
    groups = near(client, 2, ranker=decay("id"), group_by_field="colour")
    assert ids(groups) == [3, 0], groups
    for text, fields, wrong in [
        ("decay function only supports single input, but gets [[id at]] input", ["id", "at"], {}),
        ("decay rerank: unsupported input field type:VarChar, only support numeric field", ["text"], {}),
        ("invalid decay function: decay, only support [gauss,linear,exp]", ["id"], {"function": "x"}),
        ("unsupported score mode: [x], only supports: [max, avg, sum]", ["id"], {"score_mode": "x"}),
        ("param origin:x is not a number", ["id"], {"origin": "x"}),
        ("param scale:[1] is not a number", ["id"], {"scale": "[1]"}),
    ]:
        refused(1100, text, near, client, ranker=decay(*fields, **wrong))


def refusals(client):
    """What is wrong with a filter is told before what is wrong with a vector."""
    for text, filter in [
        ("predicate is not a boolean expression: 12-s, data type: Int64: invalid parameter", "12-s"),
        ("cannot parse expression: id in 5, error: the right-hand side of 'in' must be a list, but got: 5: invalid parameter",
         "id in 5"),
    ]:
        refused(1100, text, client.search, "reads", data=[[0.0]], anns_field="v", filter=filter)
    near(client, search_params={"hints": "iterative_filter"})
    refused(1100, "hints: fast not supported", near, client, search_params={"hints": "fast"})


def main(uri):
    client = MilvusClient(uri)
    fill(client)
    for _ in range(2):
        ordered(client)
        grouped(client)
        marked(client)
        reranked(client)
        refusals(client)
        client.flush("reads")
    print("reads: all as expected")


if __name__ == "__main__":
    main(*sys.argv[1:])
