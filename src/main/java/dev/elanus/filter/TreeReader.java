package dev.elanus.filter;

import dev.elanus.error.DatabaseException;
import dev.elanus.filter.FilterGrammarParser.BitAndContext;
import dev.elanus.filter.FilterGrammarParser.BitOrContext;
import dev.elanus.filter.FilterGrammarParser.BitXorContext;
import dev.elanus.filter.FilterGrammarParser.ConjunctionContext;
import dev.elanus.filter.FilterGrammarParser.DisjunctionContext;
import dev.elanus.filter.FilterGrammarParser.EqualityContext;
import dev.elanus.filter.FilterGrammarParser.MembershipContext;
import dev.elanus.filter.FilterGrammarParser.NegationContext;
import dev.elanus.filter.FilterGrammarParser.PostfixContext;
import dev.elanus.filter.FilterGrammarParser.PowerContext;
import dev.elanus.filter.FilterGrammarParser.PrimaryContext;
import dev.elanus.filter.FilterGrammarParser.ProductContext;
import dev.elanus.filter.FilterGrammarParser.RelationContext;
import dev.elanus.filter.FilterGrammarParser.ShiftContext;
import dev.elanus.filter.FilterGrammarParser.SignedContext;
import dev.elanus.filter.FilterGrammarParser.SumContext;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Walks the parse tree and builds the filter, leaving to the rule classes what is legal. */
final class TreeReader {
    private final NameResolver names;
    private final LiteralReader literals;
    private final FilterErrors errors;
    private final ComparisonRules comparisons;
    private final ArithmeticRules arithmetic;
    private final Functions functions;
    private final TimeRules times;

    TreeReader(NameResolver names, LiteralReader literals, FilterErrors errors) {
        this.functions = new Functions(names.schema(), errors);
        this.times = literals.times();
        this.names = names;
        this.literals = literals;
        this.errors = errors;
        this.comparisons = new ComparisonRules(times, errors);
        this.arithmetic = new ArithmeticRules(errors);
    }

    static Place placeOf(Token token) {
        return new Place(token.getStartIndex(), Math.max(token.getStartIndex(), token.getStopIndex() + 1));
    }

    static Place placeOf(ParserRuleContext context) {
        return Place.spanning(placeOf(context.getStart()), placeOf(context.getStop()));
    }

    Filter read(FilterGrammarParser.FilterContext context) {
        Place place = placeOf(context.disjunction());
        return switch (read(context.disjunction())) {
            case Term.Predicate(Filter filter) -> new SampleRules(errors).sampled(filter);
            case Operand.Constant(TemplateValue.Bool(boolean value), Place _)
            when !isLiteral(context.disjunction()) -> new Filter.Always(value, place);
            case Term.Lapse _ ->
                throw errors.invalid("predicate is not a boolean expression: " + errors.source(place), place);
            case Operand other -> throw errors.notBoolean(ComparisonRules.resultTypeOf(other), place);
        };
    }

    /** Whether it is {@code true} or {@code false} as such, which Milvus takes for no condition, and not what comes of constants. */
    private boolean isLiteral(ParserRuleContext context) {
        String bare = context.getText().replace("(", "").replace(")", "");
        return bare.equalsIgnoreCase("true") || bare.equalsIgnoreCase("false");
    }

    private Term read(DisjunctionContext context) {
        if (context.conjunction().size() == 1) {
            return read(context.conjunction(0));
        }
        List<Term> terms = context.conjunction().stream().map(this::read).toList();
        return new Term.Predicate(new Filter.Or(predicates(terms, "or"), placeOf(context)));
    }

    /** What stands between {@code and} or {@code or}: conditions on rows, or nothing but constants. */
    private List<Filter> predicates(List<Term> terms, String operator) {
        String otherwise = "'" + operator + "' can only be used between boolean expressions";
        List<Filter> filters = new ArrayList<>();
        boolean ofRows = !terms.stream().allMatch(TreeReader::isConstant);
        for (Term term : terms) {
            if (ofRows && isConstant(term)) {
                throw errors.invalid(otherwise, term.place());
            }
            filters.add(predicate(term, otherwise));
        }
        return filters;
    }

    private static boolean isConstant(Term term) {
        return term instanceof Operand.Constant || term instanceof Term.Predicate(Filter.Always _);
    }

    private Term read(ConjunctionContext context) {
        if (context.negation().size() == 1) {
            return read(context.negation(0));
        }
        List<Term> terms = context.negation().stream().map(this::read).toList();
        return new Term.Predicate(new Filter.And(predicates(terms, "and"), placeOf(context)));
    }

    private Term read(NegationContext context) {
        if (context.bitOr() != null) {
            return read(context.bitOr());
        }
        Filter term = predicate(
                read(context.negation()),
                "not op can only be applied on boolean expression, got: " + errors.source(placeOf(context.negation())));
        return new Term.Predicate(new Filter.Not(term, placeOf(context)));
    }

    private Filter predicate(Term term, String otherwise) {
        return switch (term) {
            case Term.Predicate(Filter filter) -> filter;
            case Operand.Constant(TemplateValue.Bool(boolean value), Place place) -> new Filter.Always(value, place);
            case Operand _, Term.Lapse _ -> throw errors.invalid(otherwise, term.place());
        };
    }

    private Term read(BitOrContext context) {
        if (context.bitXor().size() > 1) {
            throw notSupported("BitOr", context);
        }
        return read(context.bitXor(0));
    }

    private Term read(BitXorContext context) {
        if (context.bitAnd().size() > 1) {
            throw notSupported("BitXor", context);
        }
        return read(context.bitAnd(0));
    }

    private Term read(BitAndContext context) {
        if (context.equality().size() > 1) {
            throw notSupported("BitAnd", context);
        }
        return read(context.equality(0));
    }

    /** What Milvus refuses in these words, too. */
    private DatabaseException notSupported(String operator, ParserRuleContext context) {
        Place place = placeOf(context);
        return errors.invalid(operator + " is not supported: " + errors.source(place), place);
    }

    private Term read(EqualityContext context) {
        Term left = read(context.relation(0));
        for (int i = 1; i < context.relation().size(); i++) {
            Term right = read(context.relation(i));
            Comparison comparison = operator(context, i).getSymbol().getType() == FilterGrammarParser.EQ
                    ? Comparison.EQUAL
                    : Comparison.NOT_EQUAL;
            left = comparisons.compare(left, comparison, right, Place.spanning(left.place(), right.place()));
        }
        return left;
    }

    private Term read(RelationContext context) {
        Term first = read(context.membership(0));
        if (context.membership().size() == 1) {
            return first;
        }
        Place place = placeOf(context);
        Term second = read(context.membership(1));
        if (context.membership().size() == 2) {
            return comparisons.compare(first, comparison(context, 1), second, place);
        }
        if (context.membership().size() > 3) {
            throw errors.invalid("invalid range operations", place);
        }
        Term third = read(context.membership(2));
        return comparisons.range(first, comparison(context, 1), second, comparison(context, 2), third, place);
    }

    private static Comparison comparison(RelationContext context, int index) {
        return switch (operator(context, index).getSymbol().getType()) {
            case FilterGrammarParser.LT -> Comparison.LESS;
            case FilterGrammarParser.LE -> Comparison.LESS_OR_EQUAL;
            case FilterGrammarParser.GT -> Comparison.GREATER;
            default -> Comparison.GREATER_OR_EQUAL;
        };
    }

    /** The operator before the operand of that index, in a rule of operands and single tokens by turns. */
    private static TerminalNode operator(ParserRuleContext context, int index) {
        return (TerminalNode) context.getChild(2 * index - 1);
    }

    private Term read(MembershipContext context) {
        Term operand = read(context.shift(0));
        if (context.IN() == null) {
            return operand;
        }
        Place place = placeOf(context);
        Filter filter = comparisons.in(operand, read(context.shift(1)), place);
        return new Term.Predicate(context.NOT() == null ? filter : new Filter.Not(filter, place));
    }

    private Term read(ShiftContext context) {
        if (context.sum().size() > 1) {
            Place place = placeOf(context);
            throw errors.invalid("shift is not supported: " + errors.source(place), place);
        }
        return read(context.sum(0));
    }

    private Term read(SumContext context) {
        Term left = read(context.product(0));
        for (int i = 1; i < context.product().size(); i++) {
            Term right = read(context.product(i));
            ArithmeticOperator operator = operator(context, i).getSymbol().getType() == FilterGrammarParser.ADD
                    ? ArithmeticOperator.ADD
                    : ArithmeticOperator.SUBTRACT;
            left = arithmetic.combine(left, operator, right);
        }
        return left;
    }

    private Term read(ProductContext context) {
        Term left = read(context.signed(0));
        for (int i = 1; i < context.signed().size(); i++) {
            Term right = read(context.signed(i));
            ArithmeticOperator operator =
                    switch (operator(context, i).getSymbol().getType()) {
                        case FilterGrammarParser.MUL -> ArithmeticOperator.MULTIPLY;
                        case FilterGrammarParser.DIV -> ArithmeticOperator.DIVIDE;
                        default -> ArithmeticOperator.MODULO;
                    };
            left = arithmetic.combine(left, operator, right);
        }
        return left;
    }

    private Term read(SignedContext context) {
        if (context.power() != null) {
            return read(context.power());
        }
        Place place = placeOf(context);
        if (context.BNOT() != null) {
            throw errors.invalid("BitNot is not supported: " + errors.source(place), place);
        }
        TerminalNode integer = context.SUB() == null ? null : integerOf(context.signed());
        if (integer != null) {
            return new Operand.Constant(literals.integer(integer.getText(), true, place), place);
        }
        return arithmetic.sign(read(context.signed()), context.SUB() != null, place);
    }

    /** The integer that is all of the operand: with its minus it may be the smallest of all, which has no positive twin. */
    private static @Nullable TerminalNode integerOf(SignedContext context) {
        PowerContext power = context.power();
        if (power == null || power.getChildCount() != 1 || power.postfix().getChildCount() != 1) {
            return null;
        }
        return power.postfix().primary(0) instanceof FilterGrammarParser.ConstantContext constant
                ? constant.literal().INT()
                : null;
    }

    private Term read(PowerContext context) {
        Term base = read(context.postfix());
        return context.POW() == null
                ? base
                : arithmetic.combine(base, ArithmeticOperator.POWER, read(context.signed()));
    }

    private Term read(PostfixContext context) {
        Place place = placeOf(context);
        if (context.EXISTS() != null) {
            return new Term.Predicate(comparisons.exists(read(context.postfix()), place));
        }
        Term operand = read(context.primary(0));
        if (context.ISNULL() != null || context.ISNOTNULL() != null) {
            Filter filter = comparisons.isNull(operand, place);
            return new Term.Predicate(context.ISNULL() != null ? filter : new Filter.Not(filter, place));
        }
        return context.LIKE() == null
                ? operand
                : new Term.Predicate(comparisons.like(operand, read(context.primary(1)), place));
    }

    private Term read(PrimaryContext context) {
        Place place = placeOf(context);
        return switch (context) {
            case FilterGrammarParser.ConstantContext one -> new Operand.Constant(literals.read(one.literal()), place);
            case FilterGrammarParser.VariableContext one -> new Operand.Constant(literals.read(one.template()), place);
            case FilterGrammarParser.ListContext one ->
                new Operand.Constant(new TemplateValue.Array(literals.read(one.array(), this::constant)), place);
            case FilterGrammarParser.PlainListContext one -> new Operand.Constant(literals.list(one.getStart()), place);
            case FilterGrammarParser.NameContext one -> names.name(one.getText(), place);
            case FilterGrammarParser.PathContext one -> names.path(one.getText(), place);
            case FilterGrammarParser.ParenthesesContext one -> read(one.disjunction());
            case FilterGrammarParser.CallContext one -> call(one, place);
            case FilterGrammarParser.TypedConstantContext one ->
                times.constant(
                        one.NAME().getText(), literals.unquote(one.STRING().getText(), place), place);
            case FilterGrammarParser.UnquotedKeyContext one ->
                throw errors.invalid(
                        "json key must be enclosed in double quotes or single quotes: " + one.getText(), place);
            default -> throw errors.unsupported(errors.source(place), place);
        };
    }

    private TemplateValue constant(SumContext context) {
        if (read(context) instanceof Operand.Constant(TemplateValue value, Place _)) {
            return value;
        }
        Place place = placeOf(context);
        throw errors.invalid("array element type must be generic value, but got: " + errors.source(place), place);
    }

    private Term call(FilterGrammarParser.CallContext context, Place place) {
        String name = context.NAME().getText();
        // Before the arguments, which may be such as only that function has.
        functions.check(name, placeOf(context.NAME().getSymbol()));
        return functions.call(name, arguments(context), place);
    }

    private List<Functions.Argument> arguments(FilterGrammarParser.CallContext context) {
        return context.argument().stream()
                .map(one -> new Functions.Argument(
                        one.NAME() == null ? "" : one.NAME().getText(), read(one.disjunction())))
                .toList();
    }
}
