package dev.elanus.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.engine.CollectionDescription;
import dev.elanus.engine.IndexDescription;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import java.util.List;
import java.util.Map;

/** Collections and indexes as REST describes them. */
public final class RestDescriptions {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RestDescriptions() {}

    public static ObjectNode collection(CollectionDescription collection, List<IndexDescription> indexes) {
        ObjectNode data = JSON.objectNode();
        data.put("collectionName", collection.name().name());
        data.put("collectionID", collection.id());
        data.put("description", collection.schema().description());
        data.put("autoId", collection.schema().primaryKey().autoId());
        data.put("enableDynamicField", collection.schema().dynamicFieldEnabled());
        data.put("shardsNum", Math.max(1, collection.shards()));
        data.put("partitionsNum", collection.partitions());
        data.put("consistencyLevel", WireTypes.of(collection.consistencyLevel()).name());
        data.put("load", loadState(collection));
        data.putArray("aliases");
        data.set("functions", RestFunctions.encode(collection.schema()));
        ArrayNode fields = data.putArray("fields");
        collection.schema().visibleFields().stream()
                .filter(field -> collection.schema().structOf(field).isEmpty())
                .forEach(field ->
                        fields.add(field(field).put("partitionKey", field.name().equals(collection.partitionKey()))));
        ArrayNode structs = data.putArray("structFields");
        collection.schema().structs().forEach(struct -> structs.add(RestStructs.describe(collection.schema(), struct)));
        ArrayNode briefs = data.putArray("indexes");
        for (IndexDescription index : indexes) {
            briefs.addObject()
                    .put("fieldName", index.fieldName())
                    .put("indexName", index.name())
                    .put("metricType", index.params().getOrDefault("metric_type", ""));
        }
        data.set("properties", pairs(collection.properties()));
        return data;
    }

    public static String loadState(CollectionDescription collection) {
        return collection.loaded() ? "LoadStateLoaded" : "LoadStateNotLoad";
    }

    public static ObjectNode index(IndexDescription index) {
        ObjectNode data = JSON.objectNode();
        data.put("indexName", index.name());
        data.put("fieldName", index.fieldName());
        data.put("indexType", index.params().getOrDefault("index_type", ""));
        data.put("metricType", index.params().getOrDefault("metric_type", ""));
        data.put("totalRows", index.totalRows());
        data.put("indexedRows", index.indexedRows());
        data.put("pendingRows", index.pendingRows());
        data.put("indexState", IndexCodec.state(index).name());
        data.put("failReason", "");
        data.set("indexParams", pairs(index.params()));
        index.recall().ifPresent(recall -> data.putObject("elanus").put("recall", recall));
        return data;
    }

    static ObjectNode field(Field field) {
        ObjectNode data = JSON.objectNode();
        data.put("name", field.name());
        data.put("id", field.id());
        data.put("type", field.type().text());
        data.put("description", field.description());
        data.put("primaryKey", field.primaryKey());
        data.put("clusteringKey", field.clusteringKey());
        data.put("autoId", field.autoId());
        data.put("nullable", field.nullable());
        if (field.type() == DataType.ARRAY) {
            data.put("elementType", field.elementType().text());
        }
        if (field.defaultValue() != null) {
            data.putPOJO("defaultValue", field.defaultValue());
        }
        if (!field.typeParams().isEmpty()) {
            data.set("params", pairs(field.typeParams()));
        }
        return data;
    }

    private static ArrayNode pairs(Map<String, String> values) {
        ArrayNode pairs = JSON.arrayNode();
        values.forEach((key, value) -> pairs.addObject().put("key", key).put("value", value));
        return pairs;
    }
}
