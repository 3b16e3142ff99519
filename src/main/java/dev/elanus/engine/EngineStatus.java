package dev.elanus.engine;

import dev.elanus.host.Admission;
import dev.elanus.log.CollectionLog;
import dev.elanus.log.View;
import dev.elanus.manifest.SegmentEntry;
import java.util.List;

/**
 * How this process runs.
 *
 * @param store where the state lies, for example {@code folder /data} or {@code s3://bucket/prefix}
 * @param kernel the distance kernel that the start-up test chose, and why
 * @param computeWidth threads that compute
 * @param mirrorBytes bytes of remote objects that are held locally
 * @param unsealedBytes bytes of rows that are not sealed yet, which this process holds in memory
 * @param reads how busy it is with reads
 * @param writes and with writes
 * @param held what it knows of the collections
 */
public record EngineStatus(
        String store,
        String kernel,
        int computeWidth,
        long mirrorBytes,
        long unsealedBytes,
        Load reads,
        Load writes,
        Held held) {
    /**
     * Collections as this process saw them last, without a look at the store: names of all, and what is in those that it has opened.
     *
     * @param collections in all databases
     * @param loaded of those that are open
     * @param segments of those that are open
     * @param sealedRows live rows of the segments
     * @param unsealedRows rows that are not sealed yet
     */
    public record Held(int collections, int loaded, long segments, long sealedRows, long unsealedRows) {
        static Held of(int collections, List<CollectionLog> open) {
            int loaded = 0;
            long segments = 0;
            long sealedRows = 0;
            long unsealedRows = 0;
            for (CollectionLog log : open) {
                View view = log.view();
                if (log.isGone() || view.manifest().dropped()) {
                    continue;
                }
                loaded += view.manifest().loaded() ? 1 : 0;
                segments += view.manifest().segments().size();
                for (SegmentEntry segment : view.manifest().segments()) {
                    sealedRows += segment.liveCount();
                }
                unsealedRows += view.tail().rowCount();
            }
            return new Held(collections, loaded, segments, sealedRows, unsealedRows);
        }
    }

    /**
     * Requests of a kind at this moment.
     *
     * @param waiting those that wait for their turn
     * @param reservedBytes memory of those that run
     */
    public record Load(int waiting, long reservedBytes) {
        static Load of(Admission admission) {
            return new Load(admission.waiting(), admission.reservedBytes());
        }
    }
}
