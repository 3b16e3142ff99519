"""What creating, describing and listing collections takes while there are few and while there are many.

Usage: names.py URI MANY
"""
import concurrent.futures
import random
import sys
import time

from pymilvus import DataType, MilvusClient

FEW = 10
SAMPLES = 200


def schema():
    made = MilvusClient.create_schema()
    made.add_field("id", DataType.INT64, is_primary=True)
    made.add_field("vector", DataType.FLOAT_VECTOR, dim=8)
    return made


def milliseconds(work, values):
    taken = []
    for value in values:
        started = time.perf_counter()
        work(value)
        taken.append(1000 * (time.perf_counter() - started))
    taken.sort()
    return taken[len(taken) // 2], taken[int(len(taken) * 0.99)]


def measure(client, names, new):
    """The collections that are made to measure are dropped again."""
    created = milliseconds(lambda name: client.create_collection(name, schema=schema()), new)
    described = milliseconds(client.describe_collection, [random.choice(names) for _ in range(SAMPLES)])
    listed = milliseconds(lambda _: client.list_collections(), range(20))
    dropped = milliseconds(client.drop_collection, new)
    return {"create": created, "describe": described, "list": listed, "drop": dropped}


def main(uri, many):
    random.seed(1)
    client = MilvusClient(uri=uri)
    names = [f"collection_{i:05d}" for i in range(many)]
    new = [f"new_{i}" for i in range(50)]
    for name in names[:FEW]:
        client.create_collection(name, schema=schema())
    measure(client, names[:FEW], new)  # Warms the server up.
    few = measure(client, names[:FEW], new)
    started = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda name: client.create_collection(name, schema=schema()), names[FEW:]))
    print(f"{many - FEW} collections made by 8 threads: {(many - FEW) / (time.perf_counter() - started):.0f} a second")
    assert len(client.list_collections()) == many
    full = measure(client, names, new)
    print(f"{'ms, median and p99':20} {f'of {FEW}':>16} {f'of {many}':>16} {'ratio':>8}")
    for name, (median, slow) in few.items():
        median_many, slow_many = full[name]
        print(f"{name:20} {median:8.2f}{slow:8.2f} {median_many:8.2f}{slow_many:8.2f} {median_many / median:8.1f}")


main(sys.argv[1], int(sys.argv[2]))
