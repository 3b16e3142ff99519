package dev.elanus.engine;

import dev.elanus.host.Admission;

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
 */
public record EngineStatus(
        String store, String kernel, int computeWidth, long mirrorBytes, long unsealedBytes, Load reads, Load writes) {
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
