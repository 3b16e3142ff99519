package dev.elanus.engine;

import java.util.List;
import java.util.Map;

/**
 * A group of nodes that a client defined.
 *
 * @param nodes of this server's one, 0 or 1
 */
public record ResourceGroup(String name, Config config, int nodes) {
    /** Nodes that the default group may have. */
    public static final int DEFAULT_CAPACITY = 1_000_000;

    /** Nodes that it asks for, and the default one as many as there may be. */
    public int capacity() {
        return name.equals(ResourceGroups.DEFAULT) ? DEFAULT_CAPACITY : config.requests();
    }

    /**
     * What a group asks for. It says where the one node is seen, and has no other effect: one server serves all.
     *
     * @param requests the least number of nodes
     * @param limits the largest number of nodes
     * @param from the names of groups that give nodes, and
     * @param to that take them
     * @param labels that its nodes must have
     */
    public record Config(int requests, int limits, List<String> from, List<String> to, Map<String, String> labels) {
        public Config {
            from = List.copyOf(from);
            to = List.copyOf(to);
            labels = Map.copyOf(labels);
        }

        /** A group without nodes. */
        public static final Config NONE = new Config(0, 0, List.of(), List.of(), Map.of());

        Config moreBy(int nodes) {
            return new Config(Math.max(0, requests + nodes), Math.max(0, limits + nodes), from, to, labels);
        }
    }
}
