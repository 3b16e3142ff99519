package dev.elanus.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elanus.error.Invalid;
import dev.elanus.filter.TemplateValue;
import dev.elanus.search.FilterText;
import io.milvus.grpc.TemplateArrayValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of a filter's template variables, from messages and from JSON. */
final class Templates {
    private Templates() {}

    static FilterText filter(String text, Map<String, io.milvus.grpc.TemplateValue> values) {
        Map<String, TemplateValue> templates = new LinkedHashMap<>();
        values.forEach((name, value) -> templates.put(name, value(name, value)));
        return new FilterText(text, templates);
    }

    /** @param values a JSON object, or nothing */
    static FilterText filter(String text, JsonNode values) {
        Map<String, TemplateValue> templates = new LinkedHashMap<>();
        if (values.isObject()) {
            values.properties().forEach(member -> templates.put(member.getKey(), value(member.getValue())));
        } else if (!values.isMissingNode() && !values.isNull()) {
            throw Invalid.of("exprParams", "a JSON object", values);
        }
        return new FilterText(text, templates);
    }

    private static TemplateValue value(String name, io.milvus.grpc.TemplateValue value) {
        return switch (value.getValCase()) {
            case BOOL_VAL -> new TemplateValue.Bool(value.getBoolVal());
            case INT64_VAL -> new TemplateValue.Int(value.getInt64Val());
            case FLOAT_VAL -> new TemplateValue.Floating(value.getFloatVal());
            case STRING_VAL -> new TemplateValue.Text(value.getStringVal());
            case ARRAY_VAL -> array(value.getArrayVal());
            case VAL_NOT_SET ->
                throw new Invalid("the value of expression template variable name {" + name + "} is not found");
        };
    }

    private static TemplateValue array(TemplateArrayValue array) {
        List<TemplateValue> values = new ArrayList<>();
        switch (array.getDataCase()) {
            case BOOL_DATA -> array.getBoolData().getDataList().forEach(one -> values.add(new TemplateValue.Bool(one)));
            case LONG_DATA -> array.getLongData().getDataList().forEach(one -> values.add(new TemplateValue.Int(one)));
            case DOUBLE_DATA ->
                array.getDoubleData().getDataList().forEach(one -> values.add(new TemplateValue.Floating(one)));
            case STRING_DATA ->
                array.getStringData().getDataList().forEach(one -> values.add(new TemplateValue.Text(one)));
            case JSON_DATA ->
                array.getJsonData()
                        .getDataList()
                        .forEach(one -> values.add(new TemplateValue.Json(one.toStringUtf8())));
            case ARRAY_DATA -> array.getArrayData().getDataList().forEach(one -> values.add(array(one)));
            case DATA_NOT_SET -> {}
        }
        return new TemplateValue.Array(values);
    }

    private static TemplateValue value(JsonNode value) {
        return switch (value.getNodeType()) {
            case BOOLEAN -> new TemplateValue.Bool(value.booleanValue());
            case STRING -> new TemplateValue.Text(value.textValue());
            case NUMBER ->
                value.isIntegralNumber()
                        ? new TemplateValue.Int(value.longValue())
                        : new TemplateValue.Floating(value.doubleValue());
            case ARRAY -> {
                List<TemplateValue> values = new ArrayList<>();
                value.forEach(one -> values.add(value(one)));
                yield new TemplateValue.Array(values);
            }
            case OBJECT -> new TemplateValue.Json(value.toString());
            case NULL, MISSING, BINARY, POJO ->
                throw Invalid.of("exprParams", "a bool, number, string, list or object", value);
        };
    }
}
