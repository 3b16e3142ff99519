"""What an unmodified pymilvus sees: python wire.py URI BASE QUERIES TRUTH KIND. BASE and QUERIES are IDX files of 28 x 28 pictures, gzipped."""

import gzip
import sys
import time

import numpy as np
from pymilvus import DataType, MilvusClient

BATCH = 1000
QUERIES = 1000


def pictures(path):
    with gzip.open(path) as file:
        return np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784).astype(np.float32)


def main(uri, base_file, query_file, truth_file, kind):
    base = pictures(base_file)
    queries = pictures(query_file)[:QUERIES]
    truth = np.fromfile(truth_file, np.int32).reshape(-1, 101)[:, 1:]
    client = MilvusClient(uri)
    name = "wire_" + kind.lower()
    client.drop_collection(name)
    schema = client.create_schema()
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=base.shape[1])
    index = client.prepare_index_params()
    index.add_index("vector", index_type=kind, metric_type="L2")
    client.create_collection(name, schema=schema, index_params=index)

    batches = [
        [{"id": i, "vector": base[i]} for i in range(start, min(start + BATCH, len(base)))]
        for start in range(0, len(base), BATCH)
    ]
    start, cpu = time.time(), time.process_time()
    for batch in batches:
        client.insert(name, batch)
    seconds, cpu = time.time() - start, time.process_time() - cpu
    print(f"{kind}: durable insert {len(base) / seconds:,.0f} rows/s; of {seconds:.1f} s the client itself computed {cpu:.1f} s")
    start = time.time()
    client.flush(name)
    sealed = time.time() - start
    while client.describe_index(name, "vector")["pending_index_rows"] > 0:
        time.sleep(0.1)
    print(f"{kind}: sealed in {sealed:.1f} s, indexed {time.time() - start - sealed:.1f} s later", flush=True)

    for _ in range(2):  # The first round warms client and server up.
        millis, found = [], 0
        for query, nearest in zip(queries, truth):
            start = time.perf_counter()
            hits = client.search(name, data=[query], limit=10, search_params={"metric_type": "L2"})
            millis.append((time.perf_counter() - start) * 1e3)
            bound = ((base[nearest[9]] - query) ** 2).sum() * 1.00001
            found += sum(hit["distance"] <= bound for hit in hits[0])
    p50, p95, p99 = np.percentile(millis, [50, 95, 99])
    print(f"{kind}: recall@10 {found / len(queries) / 10:.4f}, one client: p50 {p50:.2f} ms, p95 {p95:.2f} ms, p99 {p99:.2f} ms", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
