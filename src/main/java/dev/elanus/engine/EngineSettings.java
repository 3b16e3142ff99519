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
 * @param maintains whether this process seals, indexes, compacts and collects garbage in the background
 */
public record EngineSettings(
        Path localFolder, long mirrorBytes, Duration bound, LogLimits limits, Policy policy, boolean maintains) {
    /** The defaults of a server. */
    public static EngineSettings defaults(Path localFolder) {
        return new EngineSettings(
                localFolder, 32L << 30, Duration.ofMillis(400), LogLimits.defaults(), Policy.defaults(), true);
    }

    public EngineSettings withMaintenance(boolean newMaintains) {
        return new EngineSettings(localFolder, mirrorBytes, bound, limits, policy, newMaintains);
    }

    public EngineSettings withPolicy(Policy newPolicy) {
        return new EngineSettings(localFolder, mirrorBytes, bound, limits, newPolicy, maintains);
    }

    public EngineSettings withLimits(LogLimits newLimits) {
        return new EngineSettings(localFolder, mirrorBytes, bound, newLimits, policy, maintains);
    }
}
