package dev.elanus.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/**
 * Reads the constants of a filter: literals, lists and template variables.
 *
 * @param lists as {@link FilterTokens#lists}
 */
record LiteralReader(
        Map<String, TemplateValue> templates,
        Map<Integer, List<TemplateValue>> lists,
        TimeRules times,
        FilterErrors errors) {
    /** A list that is one token. */
    TemplateValue list(Token token) {
        return new TemplateValue.Array(lists.getOrDefault(token.getStartIndex(), List.of()));
    }

    TemplateValue read(FilterGrammarParser.LiteralContext context) {
        Place place = TreeReader.placeOf(context);
        String text = context.getText();
        if (context.INT() != null) {
            return integer(text, false, place);
        }
        if (context.FLOAT() != null) {
            return floating(text);
        }
        return context.BOOL() != null
                ? new TemplateValue.Bool(text.equalsIgnoreCase("true"))
                : new TemplateValue.Text(unquote(text, place));
    }

    /** An integer with its sign, because the smallest one has no positive twin. */
    TemplateValue integer(String digits, boolean negative, Place place) {
        String sign = negative ? "-" : "";
        try {
            String lower = digits.toLowerCase(Locale.ROOT);
            if (lower.startsWith("0x")) {
                return new TemplateValue.Int(Long.parseLong(sign + lower.substring(2), 16));
            }
            if (lower.startsWith("0b")) {
                return new TemplateValue.Int(Long.parseLong(sign + lower.substring(2), 2));
            }
            boolean octal = lower.length() > 1 && lower.startsWith("0");
            return new TemplateValue.Int(Long.parseLong(sign + lower, octal ? 8 : 10));
        } catch (NumberFormatException _) {
            throw errors.invalid("expected an integer of 64 bits with its sign, found " + sign + digits, place);
        }
    }

    /** @param sums calculates an element that is no literal */
    List<TemplateValue> read(
            FilterGrammarParser.ArrayContext context, Function<FilterGrammarParser.SumContext, TemplateValue> sums) {
        List<TemplateValue> values = new ArrayList<>(context.element().size());
        for (FilterGrammarParser.ElementContext element : context.element()) {
            values.add(read(element, sums));
        }
        return values;
    }

    private TemplateValue read(
            FilterGrammarParser.ElementContext context, Function<FilterGrammarParser.SumContext, TemplateValue> sums) {
        if (context.sum() != null) {
            return sums.apply(context.sum());
        }
        if (context.template() != null) {
            return read(context.template());
        }
        if (context.array() != null) {
            return new TemplateValue.Array(read(context.array(), sums));
        }
        if (context.PLAIN_LIST() != null) {
            return list(context.getStart());
        }
        if (context.STRING() != null) {
            return time(context);
        }
        if (context.SUB().size() % 2 == 0
                && context.ADD().isEmpty()
                && context.SUB().isEmpty()) {
            return read(context.literal());
        }
        return signed(context.literal(), context.SUB().size() % 2 == 1, context);
    }

    private TemplateValue time(FilterGrammarParser.ElementContext context) {
        Place place = TreeReader.placeOf(context);
        Term term = times.constant(
                context.NAME().getText(), unquote(context.STRING().getText(), place), place);
        if (term instanceof Operand.Constant(TemplateValue value, Place _)) {
            return value;
        }
        throw errors.invalid("a list holds no intervals, found " + errors.source(place), place);
    }

    private TemplateValue signed(
            FilterGrammarParser.LiteralContext literal, boolean negative, ParserRuleContext context) {
        Place place = TreeReader.placeOf(context);
        if (literal.INT() != null) {
            return integer(literal.getText(), negative, place);
        }
        if (read(literal) instanceof TemplateValue.Floating(double value)) {
            return new TemplateValue.Floating(negative ? -value : value);
        }
        throw errors.invalid("only numbers have a sign, found " + errors.source(place), place);
    }

    TemplateValue read(FilterGrammarParser.TemplateContext context) {
        String name = context.NAME().getText();
        Place place = TreeReader.placeOf(context);
        TemplateValue value = templates.get(name);
        if (value == null) {
            throw errors.invalid("the value of expression template variable name {" + name + "} is not found", place);
        }
        return value instanceof TemplateValue.Json(String json) ? ofJson(name, json, place) : value;
    }

    private TemplateValue ofJson(String name, String json, Place place) {
        try {
            return ofJson(name, new ObjectMapper().readTree(json), place);
        } catch (JsonProcessingException failure) {
            throw errors.invalid(
                    "the value of expression template variable {" + name + "} is no JSON: "
                            + failure.getOriginalMessage(),
                    place);
        }
    }

    private TemplateValue ofJson(String name, JsonNode node, Place place) {
        return switch (node.getNodeType()) {
            case BOOLEAN -> new TemplateValue.Bool(node.booleanValue());
            case NUMBER ->
                node.isIntegralNumber() && node.canConvertToLong()
                        ? new TemplateValue.Int(node.longValue())
                        : new TemplateValue.Floating(node.doubleValue());
            case STRING -> new TemplateValue.Text(node.textValue());
            case ARRAY -> {
                List<TemplateValue> values = new ArrayList<>();
                node.forEach(element -> values.add(ofJson(name, element, place)));
                yield new TemplateValue.Array(values);
            }
            case OBJECT, NULL, MISSING, BINARY, POJO ->
                throw errors.unsupported("a JSON " + node.getNodeType() + " as the value of {" + name + "}", place);
        };
    }

    private static TemplateValue floating(String text) {
        return new TemplateValue.Floating(Double.parseDouble(text));
    }

    String unquote(String quoted, Place place) {
        return new Escapes(errors).unquote(quoted, place);
    }
}
