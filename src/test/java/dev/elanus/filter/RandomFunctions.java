package dev.elanus.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The part of {@link RandomFilter} that calls functions. */
final class RandomFunctions {
    private RandomFunctions() {}

    static RandomFilter contains(SplittableRandom random) {
        RandomFilter.Value path = RandomFilter.path(random);
        List<RandomFilter.Value> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            values.add(RandomFilter.literal(random, random.nextInt(4)));
        }
        int kind = values.isEmpty() ? 1 + random.nextInt(2) : random.nextInt(3);
        if (kind == 0) {
            values = values.subList(0, 1);
        }
        List<RandomFilter.Value> wanted = values;
        String function = RandomFilter.pick(random, List.of("json_contains", "array_contains", "JSON_CONTAINS"));
        String suffix = List.of("", "_all", "_any").get(kind);
        String name = function + (Character.isUpperCase(function.charAt(0)) ? suffix.toUpperCase() : suffix);
        String list =
                String.join(", ", wanted.stream().map(RandomFilter.Value::text).toList());
        String text = name + "(" + path.text() + ", " + (kind == 0 ? list : "[" + list + "]") + ")";
        return new RandomFilter(text, row -> {
            JsonNode array = (JsonNode) path.of().apply(row);
            if (array == null || !array.isArray()) {
                return null;
            }
            long found = wanted.stream()
                    .filter(value -> isIn(array, value.of().apply(Map.of())))
                    .count();
            return kind == 2 ? found > 0 : found == wanted.size();
        });
    }

    private static boolean isIn(JsonNode array, Object value) {
        for (JsonNode element : array) {
            if (Boolean.TRUE.equals(RandomFilter.holds(element, "==", value))) {
                return true;
            }
        }
        return false;
    }

    static RandomFilter length(SplittableRandom random) {
        RandomFilter.Value path = RandomFilter.path(random);
        String comparison = RandomFilter.pick(random, RandomFilter.COMPARISONS);
        long length = random.nextInt(4);
        return new RandomFilter("array_length(" + path.text() + ") " + comparison + " " + length, row -> {
            JsonNode array = (JsonNode) path.of().apply(row);
            return array == null || !array.isArray()
                    ? null
                    : RandomFilter.holds((long) array.size(), comparison, length);
        });
    }
}
