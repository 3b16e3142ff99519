package dev.elanus.server;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.elanus.error.Unsupported;
import dev.elanus.host.Host;
import dev.elanus.wire.Refusals;
import dev.elanus.wire.Statuses;
import dev.elanus.wire.WireCode;
import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.milvus.grpc.MilvusProto;
import io.quarkus.arc.All;
import io.quarkus.grpc.GrpcService;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Milvus's gRPC service, made from its definition: a call of which no {@link Rpc} is known answers that it is not supported, in a message of
 * its own type. Calls that stream are left out, and gRPC itself says so.
 */
@GrpcService
public class MilvusService implements BindableService {
    private static final Metadata.Key<String> DATABASE = Metadata.Key.of("dbname", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> TIMEOUT =
            Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER);
    /** Bytes of an answer, as many as Milvus sends. */
    private static final int LARGEST_ANSWER = 100 << 20;

    private final Host host;
    private final Requests requests;
    private final Map<String, Rpc<?, ?>> known = new HashMap<>();
    /** Calls that the protocol's definition does not have yet. */
    private final List<Rpc<?, ?>> later;

    MilvusService(Host host, Requests requests, @All List<RpcGroup> groups, SnapshotRpcs snapshots) {
        this.host = host;
        this.requests = requests;
        groups.forEach(group -> group.all().forEach(rpc -> known.put(rpc.name(), rpc)));
        later = snapshots.all();
    }

    @Override
    public ServerServiceDefinition bindService() {
        ServiceDescriptor service = MilvusProto.getDescriptor().findServiceByName("MilvusService");
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(service.getFullName());
        for (MethodDescriptor method : service.getMethods()) {
            if (!method.isClientStreaming() && !method.isServerStreaming()) {
                Rpc<?, ?> rpc = known.getOrDefault(method.getName(), unsupported(method));
                add(definition, service.getFullName(), rpc);
            }
        }
        later.forEach(rpc -> add(definition, service.getFullName(), rpc));
        return definition.build();
    }

    private static Rpc<DynamicMessage, DynamicMessage> unsupported(MethodDescriptor method) {
        return new Rpc<>(
                method.getName(),
                DynamicMessage.getDefaultInstance(method.getInputType()),
                DynamicMessage.getDefaultInstance(method.getOutputType()),
                (_, _) -> {
                    throw new Unsupported(method.getName() + " is not supported: service unimplemented");
                });
    }

    private <Q extends Message, A extends Message> void add(
            ServerServiceDefinition.Builder definition, String service, Rpc<Q, A> rpc) {
        var method = io.grpc.MethodDescriptor.<Q, Message>newBuilder()
                .setType(MethodType.UNARY)
                .setFullMethodName(io.grpc.MethodDescriptor.generateFullMethodName(service, rpc.name()))
                .setRequestMarshaller(ProtoUtils.marshaller(rpc.request()))
                .setResponseMarshaller(ProtoUtils.marshaller((Message) rpc.answer()))
                .build();
        ServerCallHandler<Q, Message> handler = (call, headers) -> {
            String database = headers.get(DATABASE);
            Duration limit = TimeLimits.ofGrpc(headers.get(TIMEOUT));
            return ServerCalls.<Q, Message>asyncUnaryCall((request, observer) -> host.start(() -> {
                        answer(
                                rpc,
                                new Call("grpc", rpc.name(), database == null ? "" : database, limit),
                                request,
                                observer);
                        return true;
                    }))
                    .startCall(call, headers);
        };
        definition.addMethod(method, handler);
    }

    private <Q extends Message, A extends Message> void answer(
            Rpc<Q, A> rpc, Call call, Q request, StreamObserver<Message> observer) {
        Message answer = requests.<Message>answer(
                call, () -> rpc.handler().apply(call, request), status -> Refusals.of(rpc.answer(), status));
        if (answer.getSerializedSize() > LARGEST_ANSWER) {
            answer = Refusals.of(
                    rpc.answer(),
                    Statuses.of(
                            WireCode.PARAMETER_TOO_LARGE,
                            "answer: expected at most " + LARGEST_ANSWER + " bytes, found " + answer.getSerializedSize()
                                    + ": ask for fewer rows or fields"));
        }
        observer.onNext(answer);
        observer.onCompleted();
    }
}
