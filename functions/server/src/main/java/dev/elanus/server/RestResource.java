package dev.elanus.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.wire.RestAnswers;
import dev.elanus.wire.RestBody;
import dev.elanus.wire.WireCode;
import io.quarkus.arc.All;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Milvus's RESTful API, version 2: every path takes a POST with a JSON object, and failures are answers like any other. */
@Path("/v2/vectordb")
public class RestResource {
    private final Requests requests;
    private final Map<String, RestCall> calls = new HashMap<>();

    RestResource(Requests requests, @All List<RestGroup> groups) {
        this.requests = requests;
        groups.forEach(group -> group.all().forEach(call -> calls.put(call.path(), call)));
    }

    @POST
    @Path("{path:.+}")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Response post(
            @PathParam("path") String path,
            @HeaderParam("DB-Name") @Nullable String database,
            @HeaderParam("Accept-Type-Allow-Int64") @Nullable String longsAsNumbers,
            @HeaderParam("Request-Timeout") @Nullable String timeout,
            byte[] body) {
        RestCall known =
                RestUnsupported.isKnown(path) ? calls.getOrDefault(path, RestUnsupported.call(path)) : calls.get(path);
        if (known == null) {
            return Response.status(Response.Status.NOT_FOUND)
                    .type(MediaType.TEXT_PLAIN)
                    .entity("404 page not found: /v2/vectordb/" + path)
                    .build();
        }
        Call call = new Call("rest", known.function(), database == null ? "" : database, TimeLimits.ofRest(timeout));
        RestAnswers answers = new RestAnswers(!"false".equalsIgnoreCase(longsAsNumbers));
        ObjectNode answer = requests.answer(
                call,
                () -> known.handler().answer(call, RestBody.parse(body, known.kind()), answers),
                RestAnswers::refusal);
        boolean isLate = answer.path("code").asInt() == WireCode.TIME_OVER.number();
        return Response.status(isLate ? Response.Status.REQUEST_TIMEOUT : Response.Status.OK)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(answer.toString())
                .build();
    }
}
