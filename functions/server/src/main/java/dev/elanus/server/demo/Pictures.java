package dev.elanus.server.demo;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Grey pictures with labels, in memory.
 *
 * @param pixels {@link #PIXELS} bytes a picture, row by row, 0 is black
 * @param labels one a picture, an index into {@link #LABELS}
 */
record Pictures(byte[] pixels, byte[] labels) {
    static final int SIDE = 28;
    static final int PIXELS = SIDE * SIDE;
    static final List<String> LABELS = List.of(
            "T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");
    private static final int IMAGES_MAGIC = 2051;
    private static final int LABELS_MAGIC = 2049;

    /** Reads a set that ships with the server: {@code pictures}, which become rows, or {@code queries}, which do not. */
    static Pictures read(String set) {
        try (DataInputStream images = open(set + "-images.gz", IMAGES_MAGIC);
                DataInputStream labels = open(set + "-labels.gz", LABELS_MAGIC)) {
            int count = images.readInt();
            images.skipNBytes(2 * Integer.BYTES);
            labels.skipNBytes(Integer.BYTES);
            return new Pictures(images.readNBytes(count * PIXELS), labels.readNBytes(count));
        } catch (IOException failure) {
            throw new UncheckedIOException("demo pictures " + set, failure);
        }
    }

    int count() {
        return labels.length;
    }

    /** One picture as a vector: a component a pixel, 0 to 255. */
    float[] vector(int picture) {
        float[] vector = new float[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            vector[i] = pixels[picture * PIXELS + i] & 0xFF;
        }
        return vector;
    }

    int label(int picture) {
        return labels[picture];
    }

    private static DataInputStream open(String name, int magic) throws IOException {
        InputStream resource = Pictures.class.getResourceAsStream("/demo/" + name);
        if (resource == null) {
            throw new IOException("resource /demo/" + name + " is missing");
        }
        DataInputStream data = new DataInputStream(new GZIPInputStream(resource, 1 << 16));
        int found = data.readInt();
        if (found != magic) {
            throw new IOException("resource /demo/" + name + ": expected magic " + magic + ", found " + found);
        }
        return data;
    }
}
