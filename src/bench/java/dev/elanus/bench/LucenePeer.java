package dev.elanus.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.MMapDirectory;

/** Lucene's HNSW over float32 vectors, in one segment of a mapped folder. */
final class LucenePeer implements Peer {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final WarmData data;
    private final Path folder;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;
    private final double buildSeconds;

    LucenePeer(WarmData data, int m, int efConstruction) throws IOException {
        this.data = data;
        folder = Files.createTempDirectory("elanus-bench-lucene");
        CpuClock clock = new CpuClock();
        IndexWriterConfig config = new IndexWriterConfig()
                .setRAMBufferSizeMB(1900)
                .setUseCompoundFile(false)
                .setCodec(new Lucene104Codec() {
                    @Override
                    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                        return new Lucene99HnswVectorsFormat(m, efConstruction);
                    }
                });
        try (IndexWriter writer = new IndexWriter(new MMapDirectory(folder), config)) {
            for (int row = 0; row < data.base().rowCount(); row++) {
                Document document = new Document();
                document.add(
                        new KnnFloatVectorField("v", data.base().floatsAt(row), VectorSimilarityFunction.EUCLIDEAN));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
            writer.commit();
        }
        buildSeconds = clock.seconds();
        reader = DirectoryReader.open(new MMapDirectory(folder));
        searcher = new IndexSearcher(reader);
    }

    @Override
    public String name() {
        return "Lucene";
    }

    @Override
    public double buildSeconds() {
        return buildSeconds;
    }

    @Override
    public Curve.Point search(int parameter) throws IOException {
        float[][] distances = new float[data.queries().length][];
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < distances.length; i++) {
            ScoreDoc[] hits = searcher.search(
                            new KnnFloatVectorQuery("v", data.queries()[i], Math.max(WarmData.K, parameter)),
                            WarmData.K)
                    .scoreDocs;
            distances[i] = new float[hits.length];
            for (int j = 0; j < hits.length; j++) {
                // Lucene's score is 1 / (1 + squared distance).
                distances[i][j] = 1 / hits[j].score - 1;
            }
        }
        double micros = (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / distances.length;
        return new Curve.Point(parameter, data.recall(distances), micros);
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
