package dev.elanus.engine;

import dev.elanus.engine.ResourceGroup.Config;
import dev.elanus.error.Invalid;
import dev.elanus.error.Invalid.Reason;
import dev.elanus.error.NotFound;
import dev.elanus.schema.SchemaRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The groups of nodes that clients define, of this process and for as long as it runs: they say where copies are held in memory, and there is
 * one place. Every method may be called from many threads; one that names a missing group throws {@code NotFound(RESOURCE_GROUP)} where it
 * does not say otherwise.
 */
public final class ResourceGroups {
    /** The group that is there from the start and stays. */
    public static final String DEFAULT = "__default_resource_group";
    /** The one node that clients see. */
    public static final long NODE = 1;

    private static final int MAX_GROUPS = 1_024;

    private final Map<String, Config> groups = new LinkedHashMap<>();
    /** The groups that collections' replicas were moved to, by the collections' ids. */
    private final Map<Long, String> replicas = new HashMap<>();

    private String groupOfNode = DEFAULT;

    ResourceGroups() {
        groups.put(DEFAULT, new Config(0, ResourceGroup.DEFAULT_CAPACITY, List.of(), List.of(), Map.of()));
    }

    /**
     * Creates a group; the same one again is no error.
     *
     * @throws Invalid if another one has the name, or the configuration contradicts itself
     */
    public synchronized void create(String name, Config config) {
        SchemaRules.checkResourceGroupName(name);
        Config there = groups.get(name);
        if (there != null) {
            if (!there.equals(config)) {
                throw new Invalid(
                        Reason.RESOURCE_GROUP_EXISTS,
                        "resource group already exist, but create with different config[rg=" + name + "]");
            }
            return;
        }
        if (groups.size() >= MAX_GROUPS) {
            throw new Invalid(
                    Reason.TOO_MANY_RESOURCE_GROUPS, "resource group num reach limit[limit=" + MAX_GROUPS + "]");
        }
        check(name, config);
        groups.put(name, config);
        settle();
    }

    /** Gives some groups other configurations; all, or none where one is wrong. */
    public synchronized void update(Map<String, Config> changed) {
        changed.forEach((name, config) -> {
            config(name);
            check(name, config);
        });
        groups.putAll(changed);
        settle();
    }

    /** Lets the node go where it may be, and be where it is asked for: a group that needs none gives it to the first that does. */
    private void settle() {
        if (!groupOfNode.equals(DEFAULT) && config(groupOfNode).limits() == 0) {
            groupOfNode = DEFAULT;
        }
        if (config(groupOfNode).requests() == 0) {
            groups.entrySet().stream()
                    .filter(group -> group.getValue().requests() > 0
                            && group.getValue().labels().isEmpty())
                    .findFirst()
                    .ifPresent(group -> groupOfNode = group.getKey());
        }
    }

    /**
     * Drops a group; a missing one is no error.
     *
     * @throws Invalid if it is the default one, may have nodes, or another names it
     */
    public synchronized void drop(String name) {
        Config config = groups.get(name);
        if (config == null) {
            return;
        }
        if (name.equals(DEFAULT)) {
            throw Invalid.of("default resource group is not deletable", "not default resource group", name);
        }
        if (config.limits() != 0) {
            throw Invalid.of("resource group's limits node num is not 0", "not empty resource group", name);
        }
        groups.forEach((other, of) -> {
            if (of.from().contains(name) || of.to().contains(name)) {
                throw Invalid.of("resource group " + name + " is used by " + other, "not used resource group", name);
            }
        });
        groups.remove(name);
        replicas.values().removeIf(name::equals);
    }

    /** The names of all groups, the default one first, then as they were created. */
    public synchronized List<String> list() {
        return new ArrayList<>(groups.keySet());
    }

    public synchronized ResourceGroup describe(String name) {
        return new ResourceGroup(name, config(name), groupOfNode.equals(name) ? 1 : 0);
    }

    /**
     * Moves nodes from one group to another.
     *
     * @throws Invalid if the group has not so many, or they are the same group
     */
    public synchronized void transferNodes(String source, String target, int count) {
        Config from = config(source);
        Config to = config(target);
        checkDistinct(source, target);
        if (count <= 0) {
            throw Invalid.of("invalid number of nodes to transfer", "a number greater than 0", count);
        }
        int there = groupOfNode.equals(source) ? 1 : 0;
        if (count > there) {
            throw new Invalid(
                    Reason.TOO_FEW_NODES,
                    "resource group node not enough[rg=" + source + "][availableNum=" + there + "][expectedNum=" + count
                            + "]");
        }
        groupOfNode = target;
        groups.put(source, source.equals(DEFAULT) ? from : from.moreBy(-count));
        groups.put(target, target.equals(DEFAULT) ? to : to.moreBy(count));
    }

    /**
     * Moves replicas of a loaded collection from one group to another, where clients see them from now on.
     *
     * @throws Invalid if the group has not so many, or they are the same group
     */
    public synchronized void transferReplicas(
            String source, String target, CollectionDescription collection, long count) {
        config(source);
        config(target);
        checkDistinct(source, target);
        if (count <= 0) {
            throw Invalid.of("invalid number of replicas to transfer", "a number greater than 0", count);
        }
        int there = collection.loaded() && groupOfReplica(collection.id()).equals(source) ? 1 : 0;
        if (count > there) {
            throw Invalid.of(
                    "NumReplica not greater than the number of replica in source resource group",
                    "only found [" + there + "] replicas in source resource group[" + source + "]",
                    count);
        }
        replicas.put(collection.id(), target);
    }

    /**
     * Puts the replica of a collection that is about to be loaded into a group, where clients see it from now on.
     *
     * @param names of one group: there is one replica
     * @throws Invalid if they are several
     */
    public synchronized void place(List<String> names, long collectionId) {
        names.forEach(this::config);
        if (names.size() > 1) {
            throw new Invalid(
                    "resource group num can only be 0, 1 or same as replica number: invalid parameter[expected=1]"
                            + "[actual=" + names.size() + "]");
        }
        replicas.put(collectionId, names.getFirst());
    }

    /** The group in which clients see a loaded collection. */
    public synchronized String groupOfReplica(long collectionId) {
        return replicas.getOrDefault(collectionId, DEFAULT);
    }

    private Config config(String name) {
        Config config = groups.get(name);
        if (config == null) {
            throw new NotFound(NotFound.Kind.RESOURCE_GROUP, "resource group not found[rg=" + name + "]");
        }
        return config;
    }

    private static void checkDistinct(String source, String target) {
        if (source.equals(target)) {
            throw Invalid.of(
                    "source resource group and target resource group should not be the same resource group",
                    "a group other than " + source,
                    target);
        }
    }

    private void check(String name, Config config) {
        if (config.requests() < 0 || config.limits() < 0) {
            throw illegal(name, "node num in `requests` or `limits` should not less than 0");
        }
        if (config.limits() < config.requests()) {
            throw illegal(name, "limits node num should not less than requests node num");
        }
        checkNamed(name, config.from(), "from");
        checkNamed(name, config.to(), "to");
    }

    private void checkNamed(String name, List<String> others, String direction) {
        for (String other : others) {
            if (other.equals(name)) {
                throw illegal(name, "resource group in `" + direction + "` " + other + " should not be itself");
            }
            if (!groups.containsKey(other)) {
                throw illegal(name, "resource group in `" + direction + "` " + other + " not exist");
            }
        }
    }

    private static Invalid illegal(String name, String what) {
        return new Invalid(Reason.RESOURCE_GROUP_CONFIG, what + ": resource group illegal config[rg=" + name + "]");
    }
}
