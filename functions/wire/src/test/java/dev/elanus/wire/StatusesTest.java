package dev.elanus.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.elanus.error.Busy;
import dev.elanus.error.Conflict;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.error.Unsupported;
import io.milvus.grpc.MilvusProto;
import io.milvus.grpc.SearchResults;
import io.milvus.grpc.Status;
import org.junit.jupiter.api.Test;

class StatusesTest {
    @Test
    @SuppressWarnings("deprecation")
    void bothCodesAreZeroOrNeitherIs() {
        for (WireCode code : WireCode.values()) {
            Status status = Statuses.of(code, "why");
            assertThat(status.getCode() == 0).isEqualTo(status.getErrorCodeValue() == 0);
        }
    }

    @Test
    @SuppressWarnings("deprecation")
    void failuresHaveTheCodesThatClientsLookFor() {
        Status missing = Statuses.of(new NotFound(NotFound.Kind.COLLECTION, "collection not found"));
        assertThat(missing.getCode()).isEqualTo(100);
        assertThat(missing.getErrorCodeValue()).isEqualTo(4);
        assertThat(Statuses.of(new NotFound(NotFound.Kind.INDEX, "")).getErrorCodeValue())
                .isEqualTo(25);
        assertThat(Statuses.of(new Invalid(Invalid.Reason.SCHEMA_MISMATCH, "")).getErrorCodeValue())
                .isEqualTo(62);
        assertThat(Statuses.of(new Invalid("x")).getExtraInfoMap()).containsEntry("is_input_error", "true");
        assertThat(Statuses.of(new Unsupported("x")).getCode()).isEqualTo(10);
        assertThat(Statuses.of(new Conflict("x")).getRetriable()).isTrue();
        assertThat(Statuses.of(new Busy("x")).getCode())
                .as("clients retry by themselves")
                .isEqualTo(8);
        assertThat(Statuses.of(new Busy("x")).getErrorCodeValue()).isEqualTo(49);
    }

    @Test
    void whatBreaksARuleSaysSoOnce() {
        assertThat(Statuses.of(new Invalid("no such way")).getReason()).isEqualTo("no such way: invalid parameter");
        assertThat(Statuses.of(Invalid.of("limit", "1 or more", 0)).getReason()).containsOnlyOnce("invalid parameter");
        assertThat(Statuses.of(new Invalid("at offset 1\na b\n ^")).getReason())
                .isEqualTo("at offset 1: invalid parameter\na b\n ^");
        assertThat(Statuses.of(new Invalid(Invalid.Reason.UNNUMBERED, "no")).getReason())
                .isEqualTo("no");
    }

    @Test
    void everyCallThatIsNotKnownCanBeRefusedInItsOwnType() {
        Status refusal = Statuses.of(WireCode.UNIMPLEMENTED, "no");
        for (MethodDescriptor method :
                MilvusProto.getDescriptor().findServiceByName("MilvusService").getMethods()) {
            Message answer = Refusals.of(DynamicMessage.getDefaultInstance(method.getOutputType()), refusal);
            boolean carries = answer instanceof Status
                    || answer.getDescriptorForType().findFieldByName("status") == null
                    || answer.toString().contains("code: 10");
            assertThat(carries).as(method.getName()).isTrue();
        }
    }

    @Test
    void refusedSearchesHaveResultsToLookInto() {
        Message answer = Refusals.of(SearchResults.getDefaultInstance(), Statuses.of(WireCode.UNEXPECTED, "no"));
        assertThat(((SearchResults) answer).hasResults()).isTrue();
    }
}
