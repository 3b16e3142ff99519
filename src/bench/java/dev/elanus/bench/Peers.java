package dev.elanus.bench;

import dev.elanus.index.VectorIndexSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Which libraries do what an index kind does, built with the same parameters. */
final class Peers {
    private Peers() {}

    /** Builds them. Kinds that nobody else has are without peers. */
    static List<Peer> of(WarmData data, VectorIndexSpec spec) throws IOException {
        List<Peer> peers = new ArrayList<>();
        String lists = "IVF" + spec.params().getOrDefault("nlist", "128");
        switch (spec.kind()) {
            case HNSW -> {
                int m = Integer.parseInt(spec.params().getOrDefault("M", "30"));
                int width = Integer.parseInt(spec.params().getOrDefault("efConstruction", "360"));
                peers.add(new PythonPeer(
                        data, "hnswlib", List.of("hnswlib", Integer.toString(m), Integer.toString(width))));
                peers.add(new LucenePeer(data, m, width));
                peers.add(new JVectorPeer(data, m, width));
            }
            case IVF_FLAT -> peers.add(faiss(data, lists + ",Flat"));
            case IVF_SQ8 -> peers.add(faiss(data, lists + ",SQ8"));
            case IVF_PQ -> peers.add(faiss(data, lists + ",PQ" + spec.params().getOrDefault("m", "1")));
            case IVF_RABITQ -> peers.add(refined(data, lists + ",RaBitQ"));
            case SCANN -> peers.add(refined(data, lists + ",PQ" + data.base().dimension() / 2 + "x4fs"));
            default -> {}
        }
        return peers;
    }

    private static Peer faiss(WarmData data, String factory) throws IOException {
        return new PythonPeer(data, "faiss " + factory, List.of("faiss", factory));
    }

    /** With ten times k candidates compared again by their vectors. */
    private static Peer refined(WarmData data, String factory) throws IOException {
        return new PythonPeer(data, "faiss " + factory + ",Refine", List.of("faiss", factory, "10"));
    }
}
