package dev.elanus.vector;

import dev.elanus.analysis.FieldAnalyzer;
import dev.elanus.analysis.Token;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.SparseRow;
import dev.elanus.column.Validity;
import dev.elanus.schema.DataType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Texts as sparse vectors: a term's index is a hash of it, its value how often the text has it. */
public final class TermFrequencies {
    /** Indexes are below this. */
    private static final long INDEXES = 0xffff_ffffL;

    private TermFrequencies() {}

    /**
     * The vector of one text, as {@link SparseRow} has it; of no bytes if the text has no token.
     *
     * @param name of the analyzer, null for the default one
     */
    public static byte[] of(FieldAnalyzer analyzer, @Nullable String name, String text) {
        try (FieldAnalyzer.Passes passes = analyzer.passes()) {
            return of(passes.tokens(name, text));
        }
    }

    /**
     * The vectors of a column of texts; those of nulls are empty.
     *
     * @param names of each row's analyzer, null for the default one
     */
    public static BytesColumn of(FieldAnalyzer analyzer, BytesColumn texts, @Nullable BytesColumn names) {
        byte[][] rows = new byte[texts.rowCount()][];
        try (FieldAnalyzer.Passes passes = analyzer.passes()) {
            for (int row = 0; row < rows.length; row++) {
                String name = names == null || names.isNull(row) ? null : names.textAt(row);
                rows[row] = texts.isNull(row) ? new byte[0] : of(passes.tokens(name, texts.textAt(row)));
            }
        }
        return BytesColumn.of(DataType.SPARSE_FLOAT_VECTOR, rows, Validity.all());
    }

    private static byte[] of(List<Token> tokens) {
        Map<Integer, Integer> counts = new TreeMap<>(Integer::compareUnsigned);
        for (Token token : tokens) {
            counts.merge(termOf(token.text()), 1, Integer::sum);
        }
        int[] terms = new int[counts.size()];
        float[] values = new float[counts.size()];
        int at = 0;
        for (Map.Entry<Integer, Integer> count : counts.entrySet()) {
            terms[at] = count.getKey();
            values[at++] = count.getValue();
        }
        return SparseRow.of(terms, values);
    }

    /** The index of a term, uint32: CRC-32 of its UTF-8, modulo 2³² − 1. */
    public static int termOf(String token) {
        CRC32 hash = new CRC32();
        hash.update(token.getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % INDEXES);
    }
}
