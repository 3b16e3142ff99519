"""Searches with hnswlib for WarmBench: builds an index, then answers each ef on standard input with its recall and CPU time.

usage: hnswlib_peer.py BASE QUERIES TRUTH QUERY_COUNT M EF_CONSTRUCTION

Files are .bvecs, or IDX of 28 x 28 with or without .gz. One line of JSON goes out after the build and one for each ef.
"""

import gzip
import json
import sys
import time

import hnswlib
import numpy as np


def read(path):
    opened = gzip.open(path) if path.endswith(".gz") else open(path, "rb")
    with opened as file:
        raw = np.frombuffer(file.read(), dtype=np.uint8)
    if path.endswith(".bvecs"):
        dimension = int(raw[:4].view("<i4")[0])
        return raw.reshape(-1, dimension + 4)[:, 4:].astype(np.float32)
    return raw[16:].reshape(-1, 784).astype(np.float32)


def main():
    base_path, queries_path, truth_path, query_count, m, ef_construction = sys.argv[1:]
    base = read(base_path)
    queries = read(queries_path)[: int(query_count)]
    raw = np.fromfile(truth_path, dtype="<i4")
    truth = raw.reshape(-1, raw[0] + 1)[: len(queries), 1:11]
    bounds = ((queries - base[truth[:, 9]]) ** 2).sum(axis=1)

    index = hnswlib.Index(space="l2", dim=base.shape[1])
    index.init_index(max_elements=len(base), M=int(m), ef_construction=int(ef_construction), random_seed=1)
    index.set_num_threads(2)
    wall, cpu = time.time(), time.process_time()
    index.add_items(base)
    print(json.dumps({"wall": time.time() - wall, "cpu": time.process_time() - cpu}), flush=True)

    index.set_num_threads(1)
    for line in sys.stdin:
        index.set_ef(int(line))
        start = time.process_time()
        _, distances = index.knn_query(queries, k=10, num_threads=1)
        micros = (time.process_time() - start) * 1e6 / len(queries)
        recall = float((distances <= bounds[:, None] * (1 + 1e-6)).sum()) / (10 * len(queries))
        print(json.dumps({"recall": recall, "micros": micros}), flush=True)


main()
