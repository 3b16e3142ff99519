package dev.elanus.index;

import dev.elanus.column.ByteRange;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** What a search over one index comes to next: bytes that it needs, or its result. */
public sealed interface Step {
    /** Queries that share what is near the core: each has tables and buffers of its own, which must have room there as well. */
    int TOGETHER = 32;

    /** Work that may go on once some bytes of the index are present. A stage is used by one thread at a time, once. */
    non-sealed interface Stage extends Step {
        /** Byte ranges of the index object that {@link #run} reads, in any order; they may overlap. */
        List<ByteRange> needs();

        /**
         * Computes over the bytes that {@link #needs} named. No I/O but page faults.
         *
         * @param object the whole index object, mapped; bytes outside of what was asked for may be missing
         */
        Step run(MemorySegment object);
    }

    /**
     * Runs stages of several searches over one index, by one thread.
     *
     * @param stages each as {@link Stage#run} wants it
     * @param object as there
     * @return what follows each, in their order
     */
    static List<Step> runTogether(List<Stage> stages, MemorySegment object) {
        List<Step> next = new ArrayList<>();
        for (int from = 0; from < stages.size(); from += TOGETHER) {
            List<Stage> some = stages.subList(from, Math.min(from + TOGETHER, stages.size()));
            List<ClusterProbe> probes = some.stream()
                    .filter(ClusterProbe.class::isInstance)
                    .map(ClusterProbe.class::cast)
                    .toList();
            next.addAll(
                    probes.size() == some.size()
                            ? ClusterProbe.together(probes, object)
                            : some.stream().map(stage -> stage.run(object)).toList());
        }
        return next;
    }

    /** The search is over. */
    record Done(Hits hits) implements Step {}
}
