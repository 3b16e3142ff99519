package dev.elanus.filter;

import dev.elanus.analysis.TextAnalyzer;
import dev.elanus.analysis.Token;
import dev.elanus.error.Unsupported;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The functions of the filter language. Those that are not evaluated here are refused by their names. */
record Functions(CollectionSchema schema, FilterErrors errors) {
    private static final Set<String> NOT_OFFERED = Set.of(
            "element_filter",
            "match_any",
            "match_all",
            "match_least",
            "match_most",
            "match_exact",
            "empty",
            "starts_with");

    private static final Pattern INTEGER = Pattern.compile("[0-9]+|0[xX][0-9a-fA-F]+|0[bB][01]+");
    private static final int MOST_LEAST = 1000;
    private static final long MOST_SLOP = 0xffff_ffffL;

    /**
     * One argument of a call.
     *
     * @param name before an equals sign, or empty
     */
    record Argument(String name, Term value) {}

    /**
     * @param name as it was written: all lower or all upper
     * @throws Unsupported if Milvus has the function and we have not
     */
    void check(String name, Place place) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (NOT_OFFERED.contains(lower)) {
            throw errors.unsupported(name, place);
        }
        if (!name.equals(lower) && !name.equals(name.toUpperCase(Locale.ROOT))) {
            throw errors.invalid("function " + name + " not exist", place);
        }
    }

    /** @param name that {@link #check} let pass */
    Term call(String name, List<Argument> arguments, Place place) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (SpatialFunctions.has(lower)) {
            return new SpatialFunctions(errors).call(lower, arguments, place);
        }
        return switch (lower) {
            case "json_contains", "array_contains" -> {
                expect(name, arguments, 2, place);
                yield contains(arguments, List.of(constant(arguments.get(1), name, place)), true, place);
            }
            case "json_contains_all", "array_contains_all" -> {
                expect(name, arguments, 2, place);
                yield contains(arguments, list(arguments.get(1), name, place), true, place);
            }
            case "json_contains_any", "array_contains_any" -> {
                expect(name, arguments, 2, place);
                yield contains(arguments, list(arguments.get(1), name, place), false, place);
            }
            case "array_length" -> {
                expect(name, arguments, 1, place);
                yield new Operand.Length(array(arguments.getFirst(), name, place), place);
            }
            case "text_match" -> textMatch(arguments, place);
            case "phrase_match" -> phraseMatch(arguments, place);
            case "random_sample" -> {
                expect(name, arguments, 1, place);
                yield sample(arguments.getFirst(), place);
            }
            default -> throw errors.invalid("function " + name + " not exist", place);
        };
    }

    private void expect(String name, List<Argument> arguments, int count, Place place) {
        if (arguments.size() != count) {
            throw errors.invalid(
                    "function " + name + " expects " + count + " arguments, found " + arguments.size(), place);
        }
    }

    private Term.Predicate contains(List<Argument> arguments, List<TemplateValue> values, boolean all, Place place) {
        Operand operand = array(arguments.getFirst(), "contains", place);
        Set<TemplateValue> wanted = new LinkedHashSet<>();
        for (TemplateValue value : values) {
            wanted.add(
                    (operand instanceof Operand.ArrayField array ? element(array, value, place) : value).normalized());
        }
        return new Term.Predicate(new Filter.Contains(operand, wanted, all, place));
    }

    private Operand array(Argument argument, String name, Place place) {
        if (argument.value() instanceof Operand.JsonPath path) {
            return path;
        }
        if (argument.value() instanceof Operand.ArrayField array) {
            return array;
        }
        String found = argument.value() instanceof Operand operand
                ? ComparisonRules.typeOf(operand)
                : errors.source(argument.value().place());
        throw errors.invalid(name + " operation are only supported on json or array fields now, got: " + found, place);
    }

    /** A constant as an array's elements are compared with it. */
    private TemplateValue element(Operand.ArrayField array, TemplateValue value, Place place) {
        boolean number = value instanceof TemplateValue.Int || value instanceof TemplateValue.Floating;
        boolean fits = switch (array.element()) {
            case BOOL -> value instanceof TemplateValue.Bool;
            case VARCHAR -> value instanceof TemplateValue.Text;
            case FLOAT, DOUBLE -> number;
            default -> value instanceof TemplateValue.Int;
        };
        if (!fits) {
            throw errors.invalid(
                    "contains operation can't be applied on an array of "
                            + array.element().text() + " and "
                            + ComparisonRules.typeOf(new Operand.Constant(value, place)),
                    place);
        }
        return array.element() == DataType.FLOAT ? ComparisonRules.asFloat(value) : value;
    }

    private TemplateValue constant(Argument argument, String name, Place place) {
        if (argument.value() instanceof Operand.Constant(TemplateValue value, Place _)) {
            return value;
        }
        throw errors.invalid(
                name + " operation can only be used with constants, found "
                        + errors.source(argument.value().place()),
                place);
    }

    private List<TemplateValue> list(Argument argument, String name, Place place) {
        if (constant(argument, name, place) instanceof TemplateValue.Array(List<TemplateValue> values)) {
            return values;
        }
        throw errors.invalid(
                name + " operation element must be an array, found "
                        + errors.source(argument.value().place()),
                place);
    }

    private Field matched(List<Argument> arguments, String name, Place place) {
        if (arguments.size() < 2 || arguments.size() > 3) {
            throw errors.invalid("function " + name + " expects 2 or 3 arguments, found " + arguments.size(), place);
        }
        if (!(arguments.getFirst().value() instanceof Operand.FieldValue value) || value.type() != DataType.VARCHAR) {
            throw errors.invalid(name + " operation on non-string is unsupported", place);
        }
        Field field = schema.find(value.fieldId()).orElseThrow();
        if (!field.matched()) {
            throw errors.invalid("field \"" + field.name() + "\" does not enable match", place);
        }
        return field;
    }

    private String query(Argument argument, String name, Place place) {
        if (constant(argument, name, place) instanceof TemplateValue.Text(String text)) {
            return text;
        }
        throw errors.invalid(
                name + " query must be a string, found "
                        + errors.source(argument.value().place()),
                place);
    }

    private Term.Predicate textMatch(List<Argument> arguments, Place place) {
        Field field = matched(arguments, "text_match", place);
        long least = 1;
        if (arguments.size() == 3) {
            Argument third = arguments.get(2);
            if (!third.name().equalsIgnoreCase("minimum_should_match")) {
                throw errors.invalid(
                        "text_match expects minimum_should_match=N as its third argument, found "
                                + errors.source(third.value().place()),
                        place);
            }
            if (!INTEGER.matcher(errors.source(third.value().place())).matches()) {
                throw errors.invalid(
                        "minimum_should_match should be a constant integer, found "
                                + errors.source(third.value().place()),
                        place);
            }
            least = integer(third, "minimum_should_match", 1, MOST_LEAST, place);
        }
        Set<String> tokens = tokens(field, query(arguments.get(1), "text_match", place)).stream()
                .map(Token::text)
                .collect(Collectors.toSet());
        Operand.FieldValue value = (Operand.FieldValue) arguments.getFirst().value();
        return new Term.Predicate(new Filter.TextMatch(value, field.analyzerParams(), tokens, (int) least, place));
    }

    private Term.Predicate phraseMatch(List<Argument> arguments, Place place) {
        Field field = matched(arguments, "phrase_match", place);
        long slop = arguments.size() == 3 ? integer(arguments.get(2), "slop", 0, MOST_SLOP, place) : 0;
        List<Token> phrase = tokens(field, query(arguments.get(1), "phrase_match", place));
        Operand.FieldValue value = (Operand.FieldValue) arguments.getFirst().value();
        return new Term.Predicate(new Filter.PhraseMatch(value, field.analyzerParams(), phrase, slop, place));
    }

    private static List<Token> tokens(Field field, String text) {
        return TextAnalyzer.of(field.analyzerParams()).tokens(text);
    }

    private long integer(Argument argument, String name, long low, long high, Place place) {
        if (constant(argument, name, place) instanceof TemplateValue.Int(long number)
                && number >= low
                && number <= high) {
            return number;
        }
        throw errors.invalid(
                name + " should be an integer in range [" + low + ", " + high + "], found "
                        + errors.source(argument.value().place()),
                place);
    }

    /** A sample of every row: the reader of the filter makes it one of what stands before it. */
    private Term.Predicate sample(Argument argument, Place place) {
        TemplateValue share = constant(argument, "random_sample", place);
        if (share instanceof TemplateValue.Floating(double number) && number > 0 && number < 1) {
            return new Term.Predicate(new Filter.Sample(new Filter.Always(true, place), number, place));
        }
        throw errors.invalid(
                "the sample factor should be between 0 and 1 and not too close to 0 or 1, found "
                        + errors.source(argument.value().place()),
                place);
    }
}
