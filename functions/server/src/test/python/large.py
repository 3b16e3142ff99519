"""Just under 64 MiB go in; more is refused at once, with the reason, and the collection goes on.

usage: large.py URI
"""
import logging
import sys

import grpc
import numpy as np
from pymilvus import MilvusClient

logging.disable(logging.CRITICAL)
client = MilvusClient(uri=sys.argv[1])
client.create_collection("large", dimension=784, metric_type="L2")
vectors = np.random.default_rng(1).random((22_000, 784), dtype=np.float32)
try:
    client.insert("large", [{"id": i, "vector": vectors[i]} for i in range(22_000)], timeout=60)
    raise AssertionError("69 MB were taken")
except grpc.RpcError as failure:
    assert failure.code() == grpc.StatusCode.RESOURCE_EXHAUSTED, failure
    assert "64 MiB" in failure.details(), failure.details()
assert client.query("large", filter="", output_fields=["count(*)"])[0]["count(*)"] == 0
client.insert("large", [{"id": i, "vector": vectors[i]} for i in range(21_000)], timeout=60)
assert client.query("large", filter="", output_fields=["count(*)"])[0]["count(*)"] == 21_000
print("right")
