package dev.elanus.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * A filter's text together with what it means for one row, written down a second time and as plainly as possible.
 *
 * @param meaning true, false, or null for unknown
 * @param isConstant whether it compares constants
 */
record RandomFilter(String text, Function<Map<String, Object>, Boolean> meaning, boolean isConstant) {
    RandomFilter(String text, Function<Map<String, Object>, Boolean> meaning) {
        this(text, meaning, false);
    }

    private static final ObjectMapper MAPPER = new ObjectMapper();
    static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=");

    /** A text with the value that it has for a row: Boolean, Long, Double, String, JsonNode or null. */
    record Value(String text, Function<Map<String, Object>, Object> of) {}

    static RandomFilter next(SplittableRandom random, int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            return connected(random, depth - 1);
        }
        return switch (random.nextInt(13)) {
            case 0 -> in(random);
            case 1 -> like(random);
            case 2 -> isNull(random);
            case 3 -> exists(random);
            case 4 -> arithmetic(random);
            case 5 -> fields(random);
            case 6 -> range(random);
            case 7 -> constant(random);
            case 8 -> RandomFunctions.contains(random);
            case 9 -> RandomFunctions.length(random);
            case 10 -> RandomTimes.next(random);
            default -> compare(random);
        };
    }

    private static RandomFilter connected(SplittableRandom random, int depth) {
        int count = random.nextInt(1, 4);
        if (count == 1) {
            RandomFilter term = next(random, depth);
            String not = pick(random, List.of("not ", "NOT ", "!"));
            return new RandomFilter("(" + not + "(" + term.text + "))", row -> {
                Boolean value = term.meaning.apply(row);
                return value == null ? null : !value;
            });
        }
        boolean and = random.nextBoolean();
        List<RandomFilter> terms = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RandomFilter term = next(random, depth);
            while (term.isConstant) {
                // Between conditions on rows a constant is refused.
                term = next(random, depth);
            }
            terms.add(term);
        }
        String joint =
                and ? pick(random, List.of(" and ", " AND ", "&&")) : pick(random, List.of(" or ", " OR ", " || "));
        String text =
                "(" + String.join(joint, terms.stream().map(RandomFilter::text).toList()) + ")";
        return new RandomFilter(text, row -> {
            boolean unknown = false;
            for (RandomFilter term : terms) {
                Boolean value = term.meaning.apply(row);
                if (value != null && value != and) {
                    return !and;
                }
                unknown |= value == null;
            }
            return unknown ? null : and;
        });
    }

    private static RandomFilter compare(SplittableRandom random) {
        String comparison = pick(random, COMPARISONS);
        return switch (random.nextInt(5)) {
            case 0 -> compare(random, integers(random), comparison, literal(random, 0));
            case 1 -> compare(random, floats(random), comparison, literal(random, random.nextInt(2)));
            case 2 -> compare(random, texts(random), comparison, literal(random, 2));
            case 3 -> compare(random, field("flag"), pick(random, COMPARISONS.subList(0, 2)), literal(random, 3));
            default -> {
                int kind = random.nextInt(4);
                String operator = kind == 3 ? pick(random, COMPARISONS.subList(0, 2)) : comparison;
                yield compare(random, path(random), operator, literal(random, kind));
            }
        };
    }

    private static RandomFilter compare(SplittableRandom random, Value left, String comparison, Value right) {
        Function<Map<String, Object>, Boolean> meaning =
                row -> holds(left.of.apply(row), comparison, right.of.apply(row));
        if (random.nextInt(4) == 0) {
            String flipped = comparison.replace('<', '?').replace('>', '<').replace('?', '>');
            return new RandomFilter(right.text + " " + flipped + " " + left.text, meaning);
        }
        String space = random.nextBoolean() ? " " : "";
        return new RandomFilter(left.text + space + comparison + space + right.text, meaning);
    }

    private static RandomFilter constant(SplittableRandom random) {
        String comparison = pick(random, COMPARISONS);
        Value a = literal(random, random.nextInt(2));
        Value b = literal(random, random.nextInt(2));
        return new RandomFilter(
                a.text + " " + comparison + " " + b.text,
                row -> holds(a.of.apply(row), comparison, b.of.apply(row)),
                true);
    }

    private static RandomFilter range(SplittableRandom random) {
        Value middle = random.nextBoolean() ? integers(random) : path(random);
        long low = random.nextInt(-5, 3);
        long high = low + random.nextInt(4);
        String first = pick(random, List.of("<", "<="));
        String second = pick(random, List.of("<", "<="));
        Function<Map<String, Object>, Boolean> meaning = row -> {
            Boolean above = holds(low, first, middle.of.apply(row));
            Boolean below = holds(middle.of.apply(row), second, high);
            return above == null || below == null ? null : above && below;
        };
        return random.nextBoolean()
                ? new RandomFilter(low + first + " " + middle.text + second + high, meaning)
                : new RandomFilter(
                        high + " " + second.replace('<', '>') + " " + middle.text + " " + first.replace('<', '>') + " "
                                + low,
                        meaning);
    }

    private static RandomFilter in(SplittableRandom random) {
        boolean path = random.nextInt(3) == 0;
        int kind = random.nextInt(4);
        Value left = path
                ? path(random)
                : switch (kind) {
                    case 0 -> integers(random);
                    case 1 -> floats(random);
                    case 2 -> texts(random);
                    default -> field("flag");
                };
        List<Value> values = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            values.add(literal(random, path ? random.nextInt(4) : kind));
        }
        boolean not = random.nextBoolean();
        String list = "[" + String.join(", ", values.stream().map(Value::text).toList())
                + (values.isEmpty() || random.nextBoolean() ? "" : ",") + "]";
        return new RandomFilter(left.text + (not ? " not in " : " in ") + list, row -> {
            Object value = left.of.apply(row);
            boolean scalar = !(value instanceof JsonNode node) || node.isValueNode() && !node.isNull();
            if (value == null || !scalar) {
                return null;
            }
            boolean comparable = values.isEmpty();
            for (Value one : values) {
                Boolean equal = holds(value, "==", one.of.apply(row));
                if (Boolean.TRUE.equals(equal)) {
                    return !not;
                }
                comparable |= equal != null;
            }
            return comparable ? not : null;
        });
    }

    private static RandomFilter like(SplittableRandom random) {
        Value left = random.nextBoolean() ? texts(random) : path(random);
        StringBuilder pattern = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            pattern.append(pick(random, List.of("a", "b", "é", "%", "%", "_", "\\\\%", "\\\\_")));
        }
        String unescaped = pattern.toString().replace("\\\\", "\\");
        return new RandomFilter(left.text + " like \"" + pattern + "\"", row -> {
            Object value = left.of.apply(row);
            if (value instanceof JsonNode node) {
                value = node.isTextual() ? node.textValue() : null;
            }
            return value == null ? null : matches(unescaped, (String) value);
        });
    }

    private static RandomFilter isNull(SplittableRandom random) {
        Value left = switch (random.nextInt(5)) {
            case 0 -> path(random);
            case 1 -> field("ts");
            case 2 -> texts(random);
            case 3 -> floats(random);
            default -> integers(random);
        };
        boolean not = random.nextBoolean();
        return new RandomFilter(left.text + (not ? " is not null" : " is null"), row -> {
            Object value = left.of.apply(row);
            return (value == null || value instanceof JsonNode node && node.isNull()) != not;
        });
    }

    private static RandomFilter exists(SplittableRandom random) {
        Value path = path(random);
        while (List.of("j", "$meta").contains(path.text)) {
            path = path(random);
        }
        Value found = path;
        return new RandomFilter("exists " + path.text, row -> {
            JsonNode node = (JsonNode) found.of.apply(row);
            return node != null && !node.isNull() && !(node.isObject() && node.isEmpty());
        });
    }

    private static RandomFilter arithmetic(SplittableRandom random) {
        boolean path = random.nextBoolean();
        Value field = path ? path(random) : random.nextBoolean() ? integers(random) : floats(random);
        boolean whole = path || !field.text.equals("f") && !field.text.equals("d");
        String operator = pick(random, whole ? List.of("+", "-", "*", "/", "%") : List.of("+", "-", "*", "/"));
        Value constant = literal(random, operator.equals("%") ? 0 : random.nextInt(2));
        while (operator.matches("[/%]") && ((Number) constant.of.apply(Map.of())).doubleValue() == 0) {
            constant = literal(random, operator.equals("%") ? 0 : random.nextInt(2));
        }
        Value right = constant;
        Value wanted = literal(random, random.nextInt(2));
        String comparison = pick(random, COMPARISONS);
        boolean swap = random.nextInt(4) == 0;
        String text =
                swap ? right.text + " " + operator + " " + field.text : field.text + " " + operator + " " + right.text;
        return new RandomFilter(text + " " + comparison + " " + wanted.text, row -> {
            Object value = plain(field.of.apply(row));
            if (!(value instanceof Number number)) {
                return null;
            }
            Number other = (Number) right.of.apply(row);
            Object result = swap ? compute(other, operator, number) : compute(number, operator, other);
            return result == null ? null : holds(result, comparison, wanted.of.apply(row));
        });
    }

    private static Object compute(Number a, String operator, Number b) {
        if (a instanceof Long x && b instanceof Long y) {
            if (operator.matches("[/%]") && y == 0) {
                return null;
            }
            return switch (operator) {
                case "+" -> x + y;
                case "-" -> x - y;
                case "*" -> x * y;
                case "/" -> x / y;
                default -> x % y;
            };
        }
        double x = a.doubleValue();
        double y = b.doubleValue();
        return switch (operator) {
            case "+" -> x + y;
            case "-" -> x - y;
            case "*" -> x * y;
            case "/" -> x / y;
            default -> x % y;
        };
    }

    private static RandomFilter fields(SplittableRandom random) {
        boolean text = random.nextInt(3) == 0;
        BinaryOperator<Value> either = (a, b) -> random.nextBoolean() ? a : b;
        Value left = text ? texts(random) : either.apply(integers(random), floats(random));
        Value right = text ? texts(random) : either.apply(integers(random), floats(random));
        String comparison = pick(random, COMPARISONS);
        return new RandomFilter(
                left.text + " " + comparison + " " + right.text,
                row -> holds(left.of.apply(row), comparison, right.of.apply(row)));
    }

    private static Value integers(SplittableRandom random) {
        return field(pick(random, List.of("id", "i8", "i16", "i32", "i64")));
    }

    private static Value floats(SplittableRandom random) {
        return field(pick(random, List.of("f", "d")));
    }

    private static Value texts(SplittableRandom random) {
        return field(pick(random, List.of("s", "t")));
    }

    private static Value field(String name) {
        return new Value(
                name,
                name.equals("f")
                        ? row -> row.get("f") == null ? null : ((Double) row.get("f")).floatValue()
                        : row -> row.get(name));
    }

    static Value path(SplittableRandom random) {
        List<String> keys = new ArrayList<>();
        boolean dynamic = random.nextBoolean();
        StringBuilder text = new StringBuilder(dynamic ? pick(random, List.of("color", "size", "$meta")) : "j");
        if (dynamic && !text.toString().equals("$meta")) {
            keys.add(text.toString());
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            String key = pick(random, List.of("a", "b", "color", "0", "1"));
            keys.add(key);
            boolean position = Character.isDigit(key.charAt(0)) && random.nextBoolean();
            String quote = random.nextBoolean() ? "\"" : "'";
            text.append('[').append(position ? key : quote + key + quote).append(']');
        }
        return new Value(text.toString(), row -> {
            String json = (String) row.get(dynamic ? "$meta" : "j");
            JsonNode node = json == null ? null : parse(json);
            for (String key : keys) {
                if (node != null) {
                    node = node.isArray()
                            ? key.matches("[0-9]+") ? node.get(Integer.parseInt(key)) : null
                            : node.get(key);
                }
            }
            return node;
        });
    }

    /** @param kind 0 for an integer, 1 for a floating-point number, 2 for a text, 3 for a boolean */
    static Value literal(SplittableRandom random, int kind) {
        return switch (kind) {
            case 0 -> {
                long value = random.nextInt(20) == 0 ? Long.MIN_VALUE : random.nextInt(-5, 6);
                yield new Value(
                        value >= 0 && random.nextInt(4) == 0 ? "0x" + Long.toHexString(value) : "" + value, _ -> value);
            }
            case 1 -> {
                double value = random.nextBoolean() ? random.nextInt(-5, 6) * 0.5 : random.nextInt(-5, 6) * 0.1;
                yield new Value(random.nextBoolean() ? "" + value : value + "e0", _ -> value);
            }
            case 2 -> {
                String value = text(random);
                String quote = random.nextBoolean() ? "\"" : "'";
                yield new Value(quote + value + quote, _ -> value);
            }
            default -> {
                boolean value = random.nextBoolean();
                yield new Value(value ? pick(random, List.of("true", "True", "TRUE")) : "false", _ -> value);
            }
        };
    }

    /** Null if a value is absent or the kinds differ. */
    static Boolean holds(Object left, String comparison, Object right) {
        Object a = plain(left);
        Object b = plain(right);
        if (a instanceof Boolean && b instanceof Boolean) {
            return comparison.equals("==") == a.equals(b);
        }
        if (a instanceof String x && b instanceof String y) {
            int order = java.util.Arrays.compare(
                    x.codePoints().toArray(), y.codePoints().toArray());
            return holds((double) order, comparison, 0.0);
        }
        if (a instanceof Long x && b instanceof Long y) {
            return holds((double) Long.compare(x, y), comparison, 0.0);
        }
        if (a instanceof Number x && b instanceof Number y) {
            // A float32 column sees literals rounded. Fields of float64 hold halves here, which rounding leaves as they
            // are.
            boolean single = a instanceof Float || b instanceof Float;
            return single
                    ? holds((double) x.floatValue(), comparison, (double) y.floatValue())
                    : holds(x.doubleValue(), comparison, y.doubleValue());
        }
        return null;
    }

    private static boolean holds(double a, String comparison, double b) {
        return switch (comparison) {
            case "==" -> a == b;
            case "!=" -> a != b;
            case "<" -> a < b;
            case "<=" -> a <= b;
            case ">" -> a > b;
            default -> a >= b;
        };
    }

    private static Object plain(Object value) {
        if (!(value instanceof JsonNode node)) {
            return value;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isIntegralNumber()) {
            return node.longValue();
        }
        return node.isNumber() ? (Object) node.doubleValue() : node.isTextual() ? node.textValue() : null;
    }

    private static boolean matches(String pattern, String text) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        char first = pattern.charAt(0);
        if (first == '%') {
            return matches(pattern.substring(1), text)
                    || !text.isEmpty() && matches(pattern, text.substring(text.offsetByCodePoints(0, 1)));
        }
        if (text.isEmpty()) {
            return false;
        }
        if (first == '_') {
            return matches(pattern.substring(1), text.substring(text.offsetByCodePoints(0, 1)));
        }
        String rest = first == '\\' && pattern.length() > 1 ? pattern.substring(1) : pattern;
        return rest.charAt(0) == text.charAt(0) && matches(rest.substring(1), text.substring(1));
    }

    static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(pick(random, List.of("a", "b", "é", "%", "_", "𝛼", "\uff5e")));
        }
        return text.toString();
    }

    static String json(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> "" + random.nextInt(-5, 6);
            case 1 -> "" + random.nextInt(-5, 6) * 0.5;
            case 2 -> "\"" + text(random) + "\"";
            case 3 -> "" + random.nextBoolean();
            case 4 -> random.nextBoolean() ? "null" : "{}";
            case 5 -> random.nextBoolean() ? "" + Long.MAX_VALUE : "1";
            case 6 -> "[" + json(random, depth - 1) + "," + json(random, depth - 1) + "]";
            default ->
                "{\"a\":" + json(random, depth - 1) + ", \"b\": " + json(random, depth - 1) + ",\"1\":"
                        + json(random, depth - 1) + "}";
        };
    }

    private static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException(json, failure);
        }
    }

    static <T> T pick(SplittableRandom random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
