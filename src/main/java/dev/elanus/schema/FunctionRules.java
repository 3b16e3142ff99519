package dev.elanus.schema;

import dev.elanus.error.Invalid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules that the functions of a new collection must keep. */
final class FunctionRules {
    private FunctionRules() {}

    /** The functions with ids. @throws Invalid for the first broken rule */
    static List<FunctionSchema> complete(List<FunctionSchema> functions, List<Field> fields) {
        Set<String> names = new HashSet<>();
        Set<String> outputs = new HashSet<>();
        List<FunctionSchema> complete = new ArrayList<>();
        for (FunctionSchema function : functions) {
            if (function.name().isEmpty()) {
                throw new Invalid("function name cannot be empty");
            }
            if (!names.add(function.name())) {
                throw new Invalid("duplicate function name: " + function.name());
            }
            switch (function.kind()) {
                case BM25 -> checkBm25(function, fields);
                case TEXT_EMBEDDING, MIN_HASH -> throw FunctionAlteration.unsupported(function);
            }
            for (String output : function.outputs()) {
                if (!outputs.add(output)) {
                    throw new Invalid("duplicate function output field: function " + function.name() + ", output field "
                            + output);
                }
            }
            complete.add(function.withId(CollectionSchema.FIRST_USER_FIELD_ID + complete.size()));
        }
        return complete;
    }

    private static void checkBm25(FunctionSchema function, List<Field> fields) {
        if (function.inputs().size() != 1 || function.outputs().size() != 1) {
            throw new Invalid("BM25 function should have exactly one input field and one output field, but got "
                    + function.inputs().size() + " and " + function.outputs().size());
        }
        if (!function.params().isEmpty()) {
            throw new Invalid("BM25 function accepts no params");
        }
        String inputName = function.inputs().getFirst();
        String outputName = function.outputs().getFirst();
        Field input = find(fields, inputName, "input");
        if (input.type() != DataType.VARCHAR) {
            throw new Invalid("BM25 function input field must be a VARCHAR/TEXT field, got "
                    + input.type().text() + ", field name = " + inputName);
        }
        if (!input.analyzed()) {
            throw new Invalid("BM25 function input field must set enable_analyzer to true");
        }
        Field output = find(fields, outputName, "output");
        if (output.type() != DataType.SPARSE_FLOAT_VECTOR) {
            throw new Invalid("BM25 function output field must be a SparseFloatVector field, but got "
                    + output.type().text());
        }
        refuse(output.primaryKey(), "primary key", function, outputName);
        refuse(
                output.partitionKey() || output.clusteringKey(),
                "partition key or clustering key",
                function,
                outputName);
        refuse(output.nullable(), "nullable", function, outputName);
    }

    private static void refuse(boolean isWrong, String what, FunctionSchema function, String outputName) {
        if (isWrong) {
            throw new Invalid("function output field cannot be " + what + ": function " + function.name() + ", field "
                    + outputName);
        }
    }

    private static Field find(List<Field> fields, String name, String role) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Invalid("function " + role + " field not found: " + name));
    }
}
