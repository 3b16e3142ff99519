package dev.elanus.engine;

import dev.elanus.log.LogLimits;
import dev.elanus.maintenance.Policy;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a process runs the engine.
 *
 * @param localFolder where mirrored objects and objects under construction lie; what it holds may be lost at any time
 * @param mirrorBytes bytes of remote objects that may be held there
 * @param bound how old a view may be that serves {@code Bounded} reads
 * @param memory what requests may take of what is not mapped
 * @param maintains whether this process seals, indexes, compacts and collects garbage in the background
 * @param fills whether objects that were touched once are brought to the local folder whole, in the background
 * @param recallShare of the searches that are repeated exactly in the background, to know how much they find, 0 to 1
 */
public record EngineSettings(
        Path localFolder,
        long mirrorBytes,
        Duration bound,
        LogLimits limits,
        Policy policy,
        MemoryLimits memory,
        boolean maintains,
        boolean fills,
        double recallShare) {
    /** The defaults of a server. */
    public static EngineSettings defaults(Path localFolder) {
        return new EngineSettings(
                localFolder,
                32L << 30,
                Duration.ofMillis(400),
                LogLimits.defaults(),
                Policy.defaults(),
                MemoryLimits.defaults(),
                true,
                false,
                0.001);
    }

    public EngineSettings withMaintenance(boolean newMaintains) {
        return new EngineSettings(
                localFolder, mirrorBytes, bound, limits, policy, memory, newMaintains, fills, recallShare);
    }

    public EngineSettings withPolicy(Policy newPolicy) {
        return new EngineSettings(
                localFolder, mirrorBytes, bound, limits, newPolicy, memory, maintains, fills, recallShare);
    }

    public EngineSettings withLimits(LogLimits newLimits) {
        return new EngineSettings(
                localFolder, mirrorBytes, bound, newLimits, policy, memory, maintains, fills, recallShare);
    }

    public EngineSettings withMemory(MemoryLimits newMemory) {
        return new EngineSettings(
                localFolder, mirrorBytes, bound, limits, policy, newMemory, maintains, fills, recallShare);
    }

    /** The same, filling the local folder with what is used. */
    public EngineSettings filling() {
        return new EngineSettings(
                localFolder, mirrorBytes, bound, limits, policy, memory, maintains, true, recallShare);
    }

    public EngineSettings withRecallShare(double newShare) {
        return new EngineSettings(localFolder, mirrorBytes, bound, limits, policy, memory, maintains, fills, newShare);
    }
}
