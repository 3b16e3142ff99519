package dev.elanus.testing;

import static dev.elanus.column.Column.FLOAT_LE;
import static dev.elanus.column.Column.INT_LE;

import dev.elanus.column.Column;
import dev.elanus.column.Validity;
import dev.elanus.column.VectorColumn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Reads the file formats in which vectors are published. */
public final class VectorFiles {
    private VectorFiles() {}

    /** A file that ships with the tests, under {@code data/}. */
    public static byte[] resource(String name) {
        try (InputStream in = VectorFiles.class.getResourceAsStream("/data/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no such test data: " + name);
            }
            return in.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A file, unpacked if its name ends in {@code .gz}. */
    public static byte[] file(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return path.toString().endsWith(".gz") ? new GZIPInputStream(in).readAllBytes() : in.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Records of an int32 dimension and as many unsigned bytes, each byte as a float. */
    public static VectorColumn bvecs(byte[] bytes) {
        int dimension = MemorySegment.ofArray(bytes).get(INT_LE, 0);
        return bytes(bytes, dimension, Integer.BYTES, Integer.BYTES);
    }

    /** Unsigned bytes in the IDX format of MNIST: a header of 16 bytes, then {@code dimension} bytes a vector. */
    public static VectorColumn idx(byte[] bytes, int dimension) {
        return bytes(bytes, dimension, 16, 0);
    }

    private static VectorColumn bytes(byte[] bytes, int dimension, int start, int gap) {
        int rowCount = (bytes.length - start + gap) / (dimension + gap);
        MemorySegment values = Column.allocate((long) rowCount * dimension * Float.BYTES);
        for (int row = 0; row < rowCount; row++) {
            int from = start + row * (dimension + gap);
            for (int i = 0; i < dimension; i++) {
                values.set(FLOAT_LE, 4 * ((long) row * dimension + i), bytes[from + i] & 255);
            }
        }
        return new VectorColumn(dimension, rowCount, values, Validity.all());
    }

    /** Records of an int32 count and as many int32. */
    public static int[][] ivecs(byte[] bytes) {
        MemorySegment memory = MemorySegment.ofArray(bytes);
        int width = memory.get(INT_LE, 0);
        int[][] records = new int[bytes.length / (4 * (width + 1))][width];
        for (int i = 0; i < records.length; i++) {
            MemorySegment.copy(memory, INT_LE, 4L * (i * (width + 1L) + 1), records[i], 0, width);
        }
        return records;
    }
}
