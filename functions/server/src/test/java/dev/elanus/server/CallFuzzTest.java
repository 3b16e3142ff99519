package dev.elanus.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.elanus.engine.Database;
import dev.elanus.engine.ElanusDatabase;
import dev.elanus.engine.EngineSettings;
import dev.elanus.error.DatabaseException;
import dev.elanus.host.MachineHost;
import dev.elanus.storage.MemoryStore;
import dev.elanus.wire.RestAnswers;
import dev.elanus.wire.RestBody;
import dev.elanus.wire.RestFailure;
import dev.elanus.wire.WireCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every call of both protocols with messages by chance, well and badly formed: each is answered or refused, and nothing is a failure of the server's
 * own. {@code -Dinputs=1000000} makes it long.
 */
class CallFuzzTest {
    private static final int INPUTS = Integer.getInteger("inputs", 4_000);
    /** Nobody tidies up a store here: after so many calls another one is begun, before manifests fill the memory. */
    private static final int INPUTS_A_STORE = 20_000;

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String[] TEXTS = {
        "",
        "c",
        "c",
        "c",
        "d",
        "v",
        "v",
        "id",
        "text",
        "terms",
        "meta",
        "_default",
        "default",
        "*",
        "count(*)",
        "$meta",
        "id > 3",
        "id in [1,2]",
        "text == 'a'",
        "meta['a'][0] > 1.5",
        "not (id < 2) and exists meta['b']",
        "array_contains(a, 1)",
        "{\"ef\": \"64\"}",
        "{\"a\": [1, {}]}",
        "[1, 2",
        "10",
        "-1",
        "1e9",
        "16385",
        "true",
        "False",
        "L2",
        "IP",
        "BM25",
        "HNSW",
        "AUTOINDEX",
        "FLAT",
        "INVERTED",
        "dim",
        "2",
        "metric_type",
        "index_type",
        "params",
        "topk",
        "offset",
        "limit",
        "anns_field",
        "group_by_field",
        "json_path",
        "meta['a'][0]",
        "order_by_fields",
        "id:desc,text",
        "highlight_query",
        "[{\"type\": \"TextMatch\", \"field\": \"text\", \"text\": \"a\"}]",
        "pre_tags",
        "[\"<\"]",
        "radius",
        "iterator",
        "rrf",
        "weighted",
        "boost",
        "decay",
        "Int64",
        "VarChar",
        "FloatVector",
        "SparseFloatVector",
        "BinaryVector",
        "JSON",
        "Array",
        "max_length",
        "timezone",
        "Europe/Berlin",
        "collection.ttl.seconds",
        "mmap.enabled",
        "2026-01-01T00:00:00Z",
        "POINT (1 2)",
        "Strong",
        "\u0000\ud83d\ude00",
        "ä".repeat(300)
    };
    private static final String[] MEMBERS = {
        "collectionName",
        "collectionName",
        "dbName",
        "schema",
        "fields",
        "fieldName",
        "dataType",
        "isPrimary",
        "elementTypeParams",
        "dim",
        "max_length",
        "indexParams",
        "metricType",
        "indexType",
        "params",
        "data",
        "data",
        "vector",
        "v",
        "id",
        "ids",
        "filter",
        "outputFields",
        "limit",
        "offset",
        "annsField",
        "searchParams",
        "groupingField",
        "orderByFields",
        "field",
        "order",
        "timeFields",
        "groupSize",
        "partitionName",
        "partitionNames",
        "newCollectionName",
        "aliasName",
        "indexName",
        "properties",
        "propertyKeys",
        "search",
        "rerank",
        "strategy",
        "weights",
        "functionScore",
        "functions",
        "type",
        "inputFieldNames",
        "exprParams",
        "consistencyLevel",
        "text",
        "analyzerParams",
        "dimension",
        "autoID",
        "idType",
        "enableDynamicField",
        "nullable",
        "defaultValue",
        "partialUpdate",
        "fieldOps",
        "jobID",
        "collectionID",
        "name",
        "config",
        "isPartitionKey",
        "elementDataType",
        "structFields"
    };

    @TempDir
    private Path folder;

    private final MachineHost host = new MachineHost(2);
    private Database database;
    private SplittableRandom random;

    @BeforeEach
    void open() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed + ", inputs " + INPUTS);
        random = new SplittableRandom(seed);
        begin();
    }

    private void begin() {
        database = ElanusDatabase.open(
                new MemoryStore(InstantSource.system()),
                host,
                EngineSettings.defaults(folder).withMaintenance(false));
    }

    @AfterEach
    void close() {
        database.close();
        host.close();
    }

    /** Whatever was dropped or renamed is there again. */
    private void restore(List<RestCall> rest) {
        RestCall create = rest.stream()
                .filter(call -> call.path().equals("collections/create"))
                .findFirst()
                .orElseThrow();
        String body = "{'collectionName':'c','schema':{'enableDynamicField':true,'fields':["
                + "{'fieldName':'id','dataType':'Int64','isPrimary':true},"
                + "{'fieldName':'v','dataType':'FloatVector','elementTypeParams':{'dim':2}},"
                + "{'fieldName':'text','dataType':'VarChar','nullable':true,'elementTypeParams':{'max_length':20}},"
                + "{'fieldName':'a','dataType':'Array','elementDataType':'Int64','nullable':true,"
                + "'elementTypeParams':{'max_capacity':4}},"
                + "{'fieldName':'meta','dataType':'JSON','nullable':true}]},"
                + "'indexParams':[{'fieldName':'v','metricType':'L2','indexType':'FLAT'}]}";
        try {
            answer(create, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        } catch (DatabaseException | RestFailure _) {
            // Another one of the name is there.
        }
    }

    @Test
    void callsOfGrpcAreAnsweredOrRefused() throws Exception {
        List<Rpc<?, ?>> rpcs = List.of();
        for (int input = 0; input < INPUTS; input++) {
            if (prepare(input)) {
                rpcs = rpcs();
            }
            Rpc<?, ?> rpc = rpcs.get(random.nextInt(rpcs.size()));
            byte[] bytes = message(rpc.request().getDescriptorForType(), 4).toByteArray();
            if (random.nextInt(4) == 0 && bytes.length > 0) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            run("input " + input + ": " + rpc.name(), rpc, bytes);
        }
    }

    @Test
    void callsOfRestAreAnsweredOrRefused() throws Exception {
        List<RestCall> rest = List.of();
        for (int input = 0; input < INPUTS; input++) {
            if (prepare(input)) {
                rest = restCalls();
            }
            RestCall call = rest.get(random.nextInt(rest.size()));
            byte[] bytes = object(4).toString().getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(6) == 0) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            String text = new String(bytes, StandardCharsets.UTF_8);
            check("input " + input + ": " + call.path() + " " + text, () -> answer(call, bytes));
        }
    }

    /** @return whether there are other calls from now on, because there is another store */
    private boolean prepare(int input) throws Exception {
        boolean another = input % INPUTS_A_STORE == 0;
        if (another && input > 0) {
            database.close();
            begin();
        }
        if (input % 50 == 0) {
            restore(restCalls());
        }
        return another;
    }

    private List<Rpc<?, ?>> rpcs() throws Exception {
        List<Rpc<?, ?>> rpcs = new ArrayList<>();
        new Groups(database).all(RpcGroup.class).forEach(group -> rpcs.addAll(group.all()));
        return rpcs;
    }

    private List<RestCall> restCalls() throws Exception {
        List<RestCall> calls = new ArrayList<>();
        new Groups(database).all(RestGroup.class).forEach(group -> calls.addAll(group.all()));
        return calls;
    }

    private static void answer(RestCall call, byte[] bytes) {
        Call made = new Call("rest", call.function(), "", LIMIT);
        call.handler().answer(made, RestBody.parse(bytes, call.kind()), new RestAnswers(true));
    }

    private <Q extends Message, A extends Message> void run(String what, Rpc<Q, A> rpc, byte[] bytes) {
        Q request;
        try {
            @SuppressWarnings("unchecked")
            Q parsed = (Q) rpc.request().getParserForType().parseFrom(bytes);
            request = parsed;
        } catch (InvalidProtocolBufferException _) {
            // What is no message does not reach the handler.
            return;
        }
        check(what + " " + request, () -> rpc.handler().apply(new Call("grpc", rpc.name(), "", LIMIT), request));
    }

    private static void check(String what, Runnable call) {
        try {
            call.run();
        } catch (DatabaseException refusal) {
            if (WireCode.of(refusal).isOurs()) {
                throw new AssertionError(what, refusal);
            }
        } catch (RestFailure _) {
            // Refused.
        } catch (RuntimeException | StackOverflowError failure) {
            throw new AssertionError(what, failure);
        }
    }

    private DynamicMessage message(Descriptor type, int depth) {
        DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
        for (FieldDescriptor field : type.getFields()) {
            boolean isName = field.getName().equals("collection_name");
            if (depth == 0 || !isName && random.nextInt(3) == 0) {
                continue;
            }
            if (field.isRepeated()) {
                for (int i = random.nextInt(3); i > 0; i--) {
                    message.addRepeatedField(field, value(field, depth));
                }
            } else {
                message.setField(field, isName && random.nextInt(8) > 0 ? "c" : value(field, depth));
            }
        }
        return message.build();
    }

    private Object value(FieldDescriptor field, int depth) {
        return switch (field.getJavaType()) {
            case INT -> random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(-1, 5);
            case LONG -> random.nextInt(4) == 0 ? random.nextLong() : random.nextLong(-1, 5);
            case FLOAT -> random.nextInt(6) == 0 ? Float.NaN : (float) random.nextInt(-2, 3);
            case DOUBLE -> random.nextInt(6) == 0 ? Double.POSITIVE_INFINITY : random.nextDouble();
            case BOOLEAN -> random.nextBoolean();
            case STRING -> TEXTS[random.nextInt(TEXTS.length)];
            case BYTE_STRING -> bytes(field, depth);
            case ENUM ->
                field.getEnumType()
                        .getValues()
                        .get(random.nextInt(field.getEnumType().getValues().size()));
            case MESSAGE -> message(field.getMessageType(), depth - 1);
        };
    }

    /** Bytes that stand for another message are often one. */
    private ByteString bytes(FieldDescriptor field, int depth) {
        if (random.nextInt(5) > 0 && field.getName().equals("schema")) {
            return message(
                            field.getContainingType().getName().contains("Field")
                                    ? io.milvus.grpc.FieldSchema.getDescriptor()
                                    : io.milvus.grpc.CollectionSchema.getDescriptor(),
                            depth)
                    .toByteString();
        }
        if (random.nextInt(5) > 0 && field.getName().equals("placeholder_group")) {
            return message(io.milvus.grpc.PlaceholderGroup.getDescriptor(), depth)
                    .toByteString();
        }
        byte[] bytes = new byte[8 * random.nextInt(3)];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    private ObjectNode object(int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        if (depth == 4 && random.nextInt(8) > 0) {
            object.put("collectionName", "c");
        }
        for (int i = random.nextInt(7); i > 0; i--) {
            String name = MEMBERS[random.nextInt(MEMBERS.length)];
            if (!object.has(name)) {
                object.set(name, json(depth - 1));
            }
        }
        return object;
    }

    private JsonNode json(int depth) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (random.nextInt(depth <= 0 ? 6 : 10)) {
            case 0 -> json.numberNode(random.nextLong(-2, 6));
            case 1 -> json.numberNode(random.nextDouble());
            case 2 -> json.booleanNode(random.nextBoolean());
            case 3 -> json.nullNode();
            case 4, 5 -> json.textNode(TEXTS[random.nextInt(TEXTS.length)]);
            case 6, 7 -> object(depth);
            default -> {
                ArrayNode array = json.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(json(depth - 1));
                }
                yield array;
            }
        };
    }
}
