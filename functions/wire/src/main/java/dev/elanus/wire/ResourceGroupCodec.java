package dev.elanus.wire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.engine.ResourceGroup;
import dev.elanus.engine.ResourceGroup.Config;
import dev.elanus.engine.ResourceGroups;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.NodeInfo;
import io.milvus.grpc.ResourceGroupConfig;
import io.milvus.grpc.ResourceGroupLimit;
import io.milvus.grpc.ResourceGroupNodeFilter;
import io.milvus.grpc.ResourceGroupTransfer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Groups of nodes from messages and REST, and back. */
public final class ResourceGroupCodec {
    /** What clients are told of the one node's name. */
    private static final String HOST = "elanus";

    private ResourceGroupCodec() {}

    public static Config decode(ResourceGroupConfig message) {
        Map<String, String> labels = new LinkedHashMap<>();
        message.getNodeFilter().getNodeLabelsList().forEach(label -> labels.put(label.getKey(), label.getValue()));
        return new Config(
                message.getRequests().getNodeNum(),
                message.getLimits().getNodeNum(),
                message.getTransferFromList().stream()
                        .map(ResourceGroupTransfer::getResourceGroup)
                        .toList(),
                message.getTransferToList().stream()
                        .map(ResourceGroupTransfer::getResourceGroup)
                        .toList(),
                labels);
    }

    /** @param replicas loaded collections that are seen in the group, by name */
    public static io.milvus.grpc.ResourceGroup encode(ResourceGroup group, Map<String, Integer> replicas) {
        var message = io.milvus.grpc.ResourceGroup.newBuilder()
                .setName(group.name())
                .setCapacity(group.capacity())
                .setNumAvailableNode(group.nodes())
                .putAllNumLoadedReplica(replicas)
                .setConfig(encode(group.config()));
        if (group.nodes() > 0) {
            message.addNodes(
                    NodeInfo.newBuilder().setNodeId(ResourceGroups.NODE).setHostname(HOST));
        }
        return message.build();
    }

    private static ResourceGroupConfig encode(Config config) {
        ResourceGroupConfig.Builder message = ResourceGroupConfig.newBuilder()
                .setRequests(ResourceGroupLimit.newBuilder().setNodeNum(config.requests()))
                .setLimits(ResourceGroupLimit.newBuilder().setNodeNum(config.limits()));
        config.from()
                .forEach(name -> message.addTransferFrom(
                        ResourceGroupTransfer.newBuilder().setResourceGroup(name)));
        config.to()
                .forEach(name ->
                        message.addTransferTo(ResourceGroupTransfer.newBuilder().setResourceGroup(name)));
        ResourceGroupNodeFilter.Builder filter = ResourceGroupNodeFilter.newBuilder();
        new TreeMap<>(config.labels())
                .forEach((key, value) -> filter.addNodeLabels(
                        KeyValuePair.newBuilder().setKey(key).setValue(value)));
        return message.setNodeFilter(filter).build();
    }

    /** A configuration as REST gives it. */
    public static Config decode(RestBody body) {
        Map<String, String> labels = new LinkedHashMap<>();
        body.object("node_filter")
                .objects("node_labels")
                .forEach(label -> labels.put(label.required("key"), label.text("value", "")));
        return new Config(
                (int) body.object("requests").integer("node_num", 0),
                (int) body.object("limits").integer("node_num", 0),
                names(body, "transfer_from"),
                names(body, "transfer_to"),
                labels);
    }

    private static List<String> names(RestBody body, String member) {
        List<String> names = new ArrayList<>();
        body.objects(member).forEach(transfer -> names.add(transfer.required("resource_group")));
        return names;
    }

    /** A group as REST describes it. */
    public static ObjectNode json(ResourceGroup group, Map<String, Integer> replicas) {
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("name", group.name())
                .put("capacity", group.capacity())
                .put("numAvailableNode", group.nodes());
        ObjectNode loaded = data.putObject("numLoadedReplica");
        replicas.forEach(loaded::put);
        data.putObject("numOutgoingNode");
        data.putObject("numIncomingNode");
        ObjectNode config = data.putObject("config");
        config.putObject("requests").put("node_num", group.config().requests());
        config.putObject("limits").put("node_num", group.config().limits());
        group.config()
                .from()
                .forEach(name -> config.withArray("transfer_from").addObject().put("resource_group", name));
        group.config()
                .to()
                .forEach(name -> config.withArray("transfer_to").addObject().put("resource_group", name));
        if (group.nodes() > 0) {
            data.putArray("nodes")
                    .addObject()
                    .put("nodeId", ResourceGroups.NODE)
                    .put("address", "")
                    .put("hostname", HOST);
        }
        return data;
    }
}
