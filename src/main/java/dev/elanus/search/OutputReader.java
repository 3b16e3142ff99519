package dev.elanus.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Columns;
import dev.elanus.error.Corrupt;
import dev.elanus.schema.Field;
import dev.elanus.storage.Need;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the output fields of some rows: one wave, if the frames of their columns are there. */
final class OutputReader {
    /** A row is copied into the result, and from there into the answer. */
    static final int COPIES = 2;

    private final ObjectMapper json = new ObjectMapper();

    OutputRows read(Waves waves, List<RowRef> rows, OutputFields output) {
        return read(waves, rows, output, 0);
    }

    /** @param reservedBytes of memory that the request has for the result already */
    OutputRows read(Waves waves, List<RowRef> rows, OutputFields output, long reservedBytes) {
        Map<Source, Columns> views = new IdentityHashMap<>();
        List<Columns> viewOfRow = rows.stream()
                .map(row -> views.computeIfAbsent(row.source(), source -> source.view(output.fields())))
                .toList();
        long bytes = resultBytes(rows, viewOfRow, output.fields());
        SearchLimits.checkResultBytes(rows.size(), bytes);
        waves.reserve(Math.max(0, COPIES * bytes - reservedBytes));
        List<Need> needs = new ArrayList<>();
        bySource(rows).forEach((source, numbers) -> needs.addAll(source.rows(output.fields(), numbers)));
        waves.bring(needs);
        List<OutputRows.OutputColumn> columns = new ArrayList<>();
        for (Field field : output.fields()) {
            ColumnBuilder builder = ColumnBuilder.of(field, rows.size());
            for (int i = 0; i < rows.size(); i++) {
                builder.add(viewOfRow.get(i).column(field.id()), rows.get(i).row());
            }
            Column column = builder.build();
            boolean trimmed = field.dynamic() && !output.dynamicKeys().isEmpty();
            columns.add(new OutputRows.OutputColumn(
                    field, trimmed ? trim(field, (BytesColumn) column, output.dynamicKeys()) : column));
        }
        return new OutputRows(rows.size(), output.names(), columns);
    }

    private static long resultBytes(List<RowRef> rows, List<Columns> viewOfRow, List<Field> fields) {
        long bytes = 0;
        for (Field field : fields) {
            for (int i = 0; i < rows.size(); i++) {
                bytes += viewOfRow.get(i).column(field.id()) instanceof BytesColumn text
                        ? text.lengthAt(rows.get(i).row())
                        : field.rowWidth();
            }
        }
        return bytes;
    }

    private static Map<Source, int[]> bySource(List<RowRef> rows) {
        Map<Source, List<Integer>> lists = new IdentityHashMap<>();
        rows.forEach(row ->
                lists.computeIfAbsent(row.source(), _ -> new ArrayList<>()).add(row.row()));
        Map<Source, int[]> numbers = new IdentityHashMap<>();
        lists.forEach((source, list) -> numbers.put(
                source,
                list.stream().mapToInt(Integer::intValue).sorted().distinct().toArray()));
        return numbers;
    }

    /** Each row's object with only some of its keys. */
    private Column trim(Field field, BytesColumn objects, Set<String> keys) {
        ColumnBuilder builder = ColumnBuilder.of(field, objects.rowCount());
        for (int row = 0; row < objects.rowCount(); row++) {
            if (objects.isNull(row)) {
                builder.addNull();
                continue;
            }
            try {
                JsonNode whole = json.readTree(objects.bytesAt(row));
                ObjectNode kept = json.createObjectNode();
                for (String key : keys) {
                    JsonNode value = whole.get(key);
                    if (value != null) {
                        kept.set(key, value);
                    }
                }
                builder.add(json.writeValueAsBytes(kept));
            } catch (JsonProcessingException malformed) {
                throw new Corrupt("dynamic field: a stored row is not JSON", malformed);
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return builder.build();
    }
}
