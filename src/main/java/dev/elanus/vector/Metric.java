package dev.elanus.vector;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How two vectors are compared; the names are those of the wire. */
public enum Metric {
    /** Squared Euclidean distance, without the root: smaller is nearer. */
    L2(false),
    /** Inner product, of dense or of sparse vectors: larger is nearer. */
    IP(true),
    /** Cosine of the angle, -1 to 1: larger is nearer. 0 where a vector is zero. */
    COSINE(true),
    /** Of bits, how many differ: smaller is nearer. */
    HAMMING(false),
    /** Of bits, one less the share of those set in both among those set in either: smaller is nearer. 0 where none is set in either. */
    JACCARD(false),
    /** Of bits, 0 where the row has every bit of the query, and 1 else. */
    SUPERSTRUCTURE(false),
    /** Of bits, 0 where the query has every bit of the row, and 1 else. */
    SUBSTRUCTURE(false),
    /** Of MinHash signatures, the share of elements that are equal (Broder 1997): larger is nearer. */
    MHJACCARD(true),
    /** Of term frequencies, how well a text fits a query (Robertson and Zaragoza 2009): larger is nearer. */
    BM25(true),
    /** Of lists of vectors, the sum over the query's of the best cosine with one of the row's (Khattab and Zaharia 2020, "ColBERT"). */
    MAX_SIM(COSINE),
    MAX_SIM_COSINE(COSINE),
    MAX_SIM_IP(IP),
    MAX_SIM_L2(L2),
    MAX_SIM_HAMMING(HAMMING),
    MAX_SIM_JACCARD(JACCARD);

    private final boolean largerIsNearer;
    /** How one vector of a list is compared with one of another; null for metrics of single vectors. */
    private final @Nullable Metric ofEach;

    Metric(boolean largerIsNearer) {
        this.largerIsNearer = largerIsNearer;
        ofEach = null;
    }

    Metric(Metric ofEach) {
        largerIsNearer = ofEach.largerIsNearer;
        this.ofEach = ofEach;
    }

    /** How one vector of a list is compared with one of another, for metrics of lists. */
    public Optional<Metric> ofEach() {
        return Optional.ofNullable(ofEach);
    }

    public boolean largerIsNearer() {
        return largerIsNearer;
    }

    /** Whether score {@code a} is nearer than {@code b}. */
    public boolean isNearer(float a, float b) {
        return largerIsNearer ? a > b : a < b;
    }

    /** A score as a number that is smaller for what is nearer, whatever the metric. */
    public float toDistance(float score) {
        return largerIsNearer ? -score : score;
    }

    /** The score that {@link #toDistance} made this number of; never a negative zero. */
    public float toScore(float distance) {
        return (largerIsNearer ? -distance : distance) + 0f;
    }

    /** The metric of a name in any case. */
    public static Optional<Metric> find(String name) {
        for (Metric metric : values()) {
            if (metric.name().equals(name.toUpperCase(Locale.ROOT))) {
                return Optional.of(metric);
            }
        }
        return Optional.empty();
    }
}
