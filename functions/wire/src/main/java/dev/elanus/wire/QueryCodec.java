package dev.elanus.wire;

import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;
import dev.elanus.manifest.CollectionDefinition;
import dev.elanus.schema.CollectionName;
import dev.elanus.search.FilterText;
import dev.elanus.search.QueryRequest;
import dev.elanus.search.QueryResult;
import dev.elanus.search.ReadPoint;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.QueryResults;
import io.milvus.grpc.ScalarField;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Queries from messages and to messages. */
public final class QueryCodec {
    /** The output that asks for the number of rows. */
    static final String COUNT = "count(*)";

    /** Leaves out rows that are not sealed yet. */
    static final String IGNORE_GROWING = "ignore_growing";

    private QueryCodec() {}

    /**
     * The query that a message asks for.
     *
     * @throws Invalid if a parameter breaks a rule
     * @throws Unsupported if the query asks for what is not offered
     */
    public static QueryRequest decode(io.milvus.grpc.QueryRequest message, CollectionName collection, Duration limit) {
        Newer.refuse(message);
        Parameters params = Parameters.of(message.getQueryParamsList());
        if (message.hasNamespace() && !message.getNamespace().isEmpty()) {
            throw new Unsupported("namespaces are not supported");
        }
        return of(
                        collection,
                        Templates.filter(message.getExpr(), message.getExprTemplateValuesMap())
                                .in(ShownTimes.zone(params.text(CollectionDefinition.TIMEZONE))),
                        message.getOutputFieldsList(),
                        limit(params),
                        // Milvus as well looks at an offset only where there is a limit.
                        params.has("limit") ? params.integer("offset", 0) : 0,
                        SearchCodec.readPoint(
                                message.getUseDefaultConsistency(),
                                message.getConsistencyLevel(),
                                message.getGuaranteeTimestamp(),
                                message.getTravelTimestamp()),
                        limit)
                .in(message.getPartitionNamesList())
                .orderedBy(orderBy(params))
                .ignoringGrowing(params.flag(IGNORE_GROWING, false))
                .ofCollection(params.integer("collection_id", 0));
    }

    private static long limit(Parameters params) {
        long limit = params.integer("limit", -1);
        if (params.has("limit") && limit < 1) {
            throw new Invalid(
                    "invalid max query result window, limit [" + limit + "] is invalid, should be greater than 0");
        }
        return limit;
    }

    private static String orderBy(Parameters params) {
        if (params.has(SearchCodec.ORDER_BY) && params.flag("iterator", false)) {
            throw new Invalid("order_by is not supported when using query iterator");
        }
        return HybridCodec.orderBy(params);
    }

    /** A query whose limits are still unchecked. @param limit rows at most, -1 for no limit */
    static QueryRequest of(
            CollectionName collection,
            FilterText filter,
            List<String> outputFields,
            long limit,
            long offset,
            ReadPoint readPoint,
            Duration timeLimit) {
        if (outputFields.contains(COUNT) && (limit != -1 || offset != 0)) {
            throw new Invalid("count entities with pagination is not allowed");
        }
        return new QueryRequest(collection, List.of(), filter, outputFields, limit, offset, readPoint, timeLimit);
    }

    /** The answer to a query: rows in columns, or one row that counts them. */
    public static QueryResults encode(
            CollectionName collection, io.milvus.grpc.QueryRequest request, QueryResult result) {
        Map<String, String> params = Parameters.of(request.getQueryParamsList()).asMap();
        QueryResults.Builder message = QueryResults.newBuilder()
                .setStatus(Statuses.success())
                .setCollectionName(collection.name())
                .setSessionTs(result.readTimestamp())
                .setPrimaryFieldName(result.schema().primaryKey().name());
        if (result.count().isPresent()) {
            return message.addOutputFields(COUNT)
                    .addFieldsData(count(result.count().getAsLong()))
                    .build();
        }
        return message.addAllOutputFields(result.output().names())
                .addAllFieldsData(
                        RowsEncoder.encode(result.schema(), result.output(), ShownTimes.of(params, result.schema())))
                .build();
    }

    private static FieldData count(long rows) {
        return FieldData.newBuilder()
                .setFieldName(COUNT)
                .setType(io.milvus.grpc.DataType.Int64)
                .setScalars(ScalarField.newBuilder()
                        .setLongData(LongArray.newBuilder().addData(rows)))
                .build();
    }
}
