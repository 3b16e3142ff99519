"""A channel that pings every five seconds without calls, as Milvus's clients nearly do, must stay open.

usage: keepalive.py URI
"""
import sys
import threading

import grpc
from pymilvus.grpc_gen import milvus_pb2, milvus_pb2_grpc

options = [
    ("grpc.keepalive_time_ms", 5000),
    ("grpc.keepalive_timeout_ms", 2000),
    ("grpc.keepalive_permit_without_calls", 1),
    ("grpc.http2.max_pings_without_data", 0),
    ("grpc.http2.min_time_between_pings_ms", 5000),
]
seen = []
note = seen.append
done = threading.Event()
channel = grpc.insecure_channel(sys.argv[1].removeprefix("http://"), options=options)
channel.subscribe(note, try_to_connect=True)
service = milvus_pb2_grpc.MilvusServiceStub(channel)
service.GetVersion(milvus_pb2.GetVersionRequest(), wait_for_ready=True)
connected = len(seen)
done.wait(17)
assert service.GetVersion(milvus_pb2.GetVersionRequest()).version.startswith("v2.6")
assert seen[connected - 1 :] == [grpc.ChannelConnectivity.READY], seen
channel.unsubscribe(note)
channel.close()
print("the channel stayed open")
