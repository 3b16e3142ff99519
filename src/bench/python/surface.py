"""What calls of an unmodified pymilvus cost the server: python surface.py URI SERVER_PID ROWS ITERATED."""

import os
import sys
import time

import numpy as np
from pymilvus import DataType, MilvusClient

BATCH = 5000
DIMENSION = 128
SCALARS = 10
TICK = os.sysconf("SC_CLK_TCK")


class Server:
    def __init__(self, pid):
        self.pid = pid

    def cpu(self):
        """Seconds that all threads of the server computed."""
        fields = open(f"/proc/{self.pid}/stat").read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def resident(self):
        for line in open(f"/proc/{self.pid}/status"):
            if line.startswith("RssAnon"):
                return int(line.split()[1]) / 1024


def create(client, name, dimension, scalars, index):
    client.drop_collection(name)
    schema = client.create_schema()
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
    for i in range(scalars):
        kind = [DataType.INT64, DataType.INT32, DataType.DOUBLE, DataType.BOOL, DataType.VARCHAR][i % 5]
        schema.add_field(f"s{i}", kind, **({"max_length": 64} if kind == DataType.VARCHAR else {}))
    params = client.prepare_index_params()
    params.add_index("vector", index_type=index, metric_type="L2")
    client.create_collection(name, schema=schema, index_params=params)


def row(key, vector, scalars):
    values = [key * 7, key % 1000, key / 3, key % 2 == 0, f"text {key % 5000}"]
    return {"id": key, "vector": vector, **{f"s{i}": values[i % 5] for i in range(scalars)}}


def insert(client, server, name, rows):
    random = np.random.default_rng(1)
    vectors = random.standard_normal((rows, DIMENSION)).astype(np.float32)
    batches = [[row(key, vectors[key], SCALARS) for key in range(at, min(at + BATCH, rows))] for at in range(0, rows, BATCH)]
    for batch in batches[:4]:  # Warms the server up.
        client.insert(name, batch)
    client.delete(name, filter=f"id < {4 * BATCH}")
    cpu, start = server.cpu(), time.time()
    for batch in batches:
        client.insert(name, batch)
    cpu, seconds = server.cpu() - cpu, time.time() - start
    print(f"insert: {rows:,} rows of {SCALARS} scalar fields and {DIMENSION}-d in {seconds:.1f} s, the server computed {cpu:.2f} s:"
          f" {rows / cpu:,.0f} rows/s a core", flush=True)
    client.flush(name)
    while client.describe_index(name, "vector")["pending_index_rows"] > 0:
        time.sleep(0.1)
    return vectors


def search(client, server, name, vectors):
    names = [f"s{i}" for i in range(SCALARS)]
    for fields in ([], names):
        for _ in range(3):  # The first rounds warm client and server up.
            calls, millis = 2000, []
            cpu = server.cpu()
            for query in vectors[:calls]:
                start = time.perf_counter()
                client.search(name, data=[query], limit=10, output_fields=fields, search_params={"metric_type": "L2"})
                millis.append((time.perf_counter() - start) * 1e3)
            cpu = server.cpu() - cpu
        print(f"search, {len(fields)} output fields: {cpu / calls * 1e6:.0f} us of the server's CPU a call, all threads;"
              f" the client saw p50 {np.percentile(millis, 50):.2f} ms", flush=True)


def iterate(client, server, rows):
    name = "iterated"
    create(client, name, 2, 1, "FLAT")
    for at in range(0, rows, 50_000):
        client.insert(name, [row(key, [0.0, 1.0], 1) for key in range(at, min(at + 50_000, rows))])
    client.flush(name)
    for batch in (1000, 10_000):
        before, cpu, start, found = server.resident(), server.cpu(), time.time(), 0
        most = before
        iterator = client.query_iterator(name, batch_size=batch, output_fields=["id", "s0"])
        while True:
            some = iterator.next()
            if not some:
                break
            found += len(some)
            most = max(most, server.resident())
        iterator.close()
        cpu, seconds = server.cpu() - cpu, time.time() - start
        print(f"query iterator, batches of {batch:,}: {found:,} rows in {seconds:.1f} s, the server computed {cpu:.2f} s:"
              f" {found / cpu:,.0f} rows/s a core; anonymous memory {before:.0f} MB before, {most:.0f} MB at most", flush=True)


def main(uri, pid, rows, iterated):
    client = MilvusClient(uri)
    server = Server(pid)
    create(client, "surface", DIMENSION, SCALARS, "HNSW")
    vectors = insert(client, server, "surface", int(rows))
    search(client, server, "surface", vectors)
    client.drop_collection("surface")
    iterate(client, server, int(iterated))


main(*sys.argv[1:])
