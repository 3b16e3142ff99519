package dev.elanus.maintenance;

import dev.elanus.error.Corrupt;
import dev.elanus.error.Unsupported;

/** What one verification has counted and found so far. Used from one thread. */
final class Audit {
    private final VerifyListener listener;
    long collections;
    long manifests;
    long objects;
    long batches;
    long bytes;
    long orphans;
    long orphanBytes;
    long oldestOrphanMillis;
    private long findings;

    Audit(VerifyListener listener) {
        this.listener = listener;
    }

    void at(String where, long done, long total) {
        listener.at(where, done, total);
    }

    void found(String object, String problem, String advice) {
        findings++;
        listener.found(new Finding(object, problem, advice));
    }

    void expect(boolean holds, String object, String problem, String advice) {
        if (!holds) {
            found(object, problem, advice);
        }
    }

    void orphan(long lengthBytes, long ageMillis) {
        orphans++;
        orphanBytes += lengthBytes;
        oldestOrphanMillis = Math.max(oldestOrphanMillis, ageMillis);
    }

    /** Runs a check that ends where bytes are not what was written, which is a finding. @return whether it came to its end */
    boolean reads(String object, String advice, Runnable check) {
        try {
            check.run();
            return true;
        } catch (Corrupt damaged) {
            found(object, withoutName(object, String.valueOf(damaged.getMessage())), advice);
        } catch (Unsupported newer) {
            found(
                    object,
                    withoutName(object, String.valueOf(newer.getMessage())),
                    "read it with the version that wrote it");
        }
        return false;
    }

    private static String withoutName(String object, String message) {
        String prefix = object + ": ";
        return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    }

    VerifyReport report() {
        return new VerifyReport(
                collections, manifests, objects, batches, bytes, orphans, orphanBytes, oldestOrphanMillis, findings);
    }
}
