package dev.elanus.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.MMapDirectory;

/** Lucene's BM25 over texts whose tokens stand between spaces, in one segment of a mapped folder. */
final class LuceneTexts implements AutoCloseable {
    private static final String FIELD = "text";

    private final Path folder;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final double buildSeconds;
    private final long bytes;

    LuceneTexts(List<String> texts) throws IOException {
        folder = Files.createTempDirectory("elanus-bench-lucene");
        CpuClock clock = new CpuClock();
        IndexWriterConfig config = new IndexWriterConfig(new WhitespaceAnalyzer())
                .setRAMBufferSizeMB(1000)
                .setUseCompoundFile(false);
        try (IndexWriter writer = new IndexWriter(new MMapDirectory(folder), config)) {
            for (String text : texts) {
                Document document = new Document();
                document.add(new TextField(FIELD, text, Field.Store.NO));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
            writer.commit();
        }
        buildSeconds = clock.seconds();
        try (Stream<Path> files = Files.list(folder)) {
            bytes = files.mapToLong(file -> file.toFile().length()).sum();
        }
        reader = DirectoryReader.open(new MMapDirectory(folder));
        searcher = new IndexSearcher(reader);
    }

    double buildSeconds() {
        return buildSeconds;
    }

    long bytes() {
        return bytes;
    }

    /** Any of the tokens; a token that stands there twice counts twice. */
    static Query query(List<String> tokens) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        tokens.forEach(token -> query.add(new TermQuery(new Term(FIELD, token)), BooleanClause.Occur.SHOULD));
        return query.build();
    }

    TopDocs search(Query query, int k) throws IOException {
        return searcher.search(query, k);
    }

    @Override
    public void close() throws IOException {
        reader.close();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
