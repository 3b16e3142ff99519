"""Searches with another library for WarmBench: builds an index, then answers each parameter on standard input with its recall and CPU time.

usage: peer.py BASE QUERIES BOUNDS QUERY_COUNT hnswlib M EF_CONSTRUCTION
       peer.py BASE QUERIES BOUNDS QUERY_COUNT faiss FACTORY [REFINED]

Files are .bvecs, .fvecs, or IDX of 28 x 28 with or without .gz; BOUNDS are the queries' squared distances from their tenth neighbours, float32. FACTORY is a
description for faiss's index factory, searched by nprobe; where REFINED is given, that many times k candidates are compared again by their vectors. One line of
JSON goes out after the build and one for each parameter.
"""

import gzip
import json
import sys
import time

import numpy as np


def read(path):
    opened = gzip.open(path) if path.endswith(".gz") else open(path, "rb")
    with opened as file:
        raw = np.frombuffer(file.read(), dtype=np.uint8)
    dimension = int(raw[:4].view("<i4")[0])
    if path.endswith(".bvecs"):
        return raw.reshape(-1, dimension + 4)[:, 4:].astype(np.float32)
    if path.endswith(".fvecs"):
        return np.ascontiguousarray(raw.view("<f4").reshape(-1, dimension + 1)[:, 1:])
    return raw[16:].reshape(-1, 784).astype(np.float32)


class Hnswlib:
    def __init__(self, base, m, ef_construction):
        import hnswlib

        self.index = hnswlib.Index(space="l2", dim=base.shape[1])
        self.index.init_index(max_elements=len(base), M=int(m), ef_construction=int(ef_construction), random_seed=1)
        self.index.set_num_threads(2)
        self.index.add_items(base)

    def search(self, queries, parameter):
        self.index.set_ef(parameter)
        return self.index.knn_query(queries, k=10, num_threads=1)[1]


class Faiss:
    def __init__(self, base, factory, refined=None):
        import faiss

        faiss.omp_set_num_threads(2)
        self.clusters = faiss.index_factory(base.shape[1], factory)
        self.index = self.clusters
        self.clusters.train(base)
        if refined is not None:
            self.index = faiss.IndexRefineFlat(self.clusters)
            self.index.k_factor = float(refined)
        self.index.add(base)
        faiss.omp_set_num_threads(1)

    def search(self, queries, parameter):
        self.clusters.nprobe = parameter
        return self.index.search(queries, 10)[0]


def main():
    base_path, queries_path, bounds_path, query_count, library, *arguments = sys.argv[1:]
    base = read(base_path)
    queries = read(queries_path)[: int(query_count)]
    bounds = np.fromfile(bounds_path, dtype="<f4")
    wall, cpu = time.time(), time.process_time()
    index = {"hnswlib": Hnswlib, "faiss": Faiss}[library](base, *arguments)
    print(json.dumps({"wall": time.time() - wall, "cpu": time.process_time() - cpu}), flush=True)
    for line in sys.stdin:
        start = time.process_time()
        distances = index.search(queries, int(line))
        micros = (time.process_time() - start) * 1e6 / len(queries)
        recall = float((distances <= bounds[:, None] * (1 + 1e-5)).sum()) / (10 * len(queries))
        print(json.dumps({"recall": recall, "micros": micros}), flush=True)


main()
