package dev.elanus.engine;

/**
 * How this process runs.
 *
 * @param store where the state lies, for example {@code folder /data} or {@code s3://bucket/prefix}
 * @param kernel the distance kernel that the start-up test chose, and why
 * @param computeWidth threads that compute
 * @param mirrorBytes bytes of remote objects that are held locally
 */
public record EngineStatus(String store, String kernel, int computeWidth, long mirrorBytes) {}
