package dev.elanus.simulation;

/** Ways to break the engine, each of which the simulation must notice. */
enum Breakage {
    TAKE_ANY_BATCH_THAT_IS_THERE_FOR_OURS(
            1,
            "log/BatchWriter",
            "putIfAbsent(key, content) instanceof Put.Stored",
            "putIfAbsent(key, content) instanceof Put next && !(next instanceof Put.ReplyLost)"),
    TAKE_A_LOST_REPLY_FOR_A_REFUSAL(
            2,
            "log/BatchWriter",
            "// What lies there can be our own,",
            "if (lost >= 0) throw new Unavailable(\"lost\"); //"),
    ACKNOWLEDGE_BEFORE_THE_PREDECESSORS(
            31,
            "log/WritePipeline",
            "return new Landing.Ours(batch);",
            "flight.answer(batch, log.view().manifest().schema().primaryKey()); return new Landing.Ours(batch);"),
    COUNT_VOID_BATCHES(2, "log/LogBatch", "return previous.equals(end.last());", "return true;"),
    COLLECT_WITHOUT_GRACE(
            1,
            "maintenance/GarbageCollector",
            "long graceStart = now - policy.grace().toMillis();",
            "long graceStart = now;"),
    COLLECT_BATCHES_THAT_ARE_NOT_SEALED(
            5,
            "maintenance/GarbageCollector",
            "LogKeys.sequenceOf(log.collectionId(), listed) <= sealedBefore",
            "sealedBefore >= 0"),
    COLLECT_BY_ONES_OWN_CLOCK(
            24,
            "maintenance/GarbageCollector",
            "long now = storeMillis(); long graceStart",
            "long now = host.clock().millis(); long graceStart"),
    SEAL_WHAT_ANOTHER_HAS_SEALED(
            1,
            "manifest/Changes",
            "expectSame(\"sealed position\", from, manifest.sealed()); List<SegmentEntry> segments = new ArrayList<>();"
                    + " for (SegmentEntry segment : manifest.segments()) { SegmentEntry read = before.get(segment.id());"
                    + " if (read == null) {"
                    + " throw new Conflict(\"segment \" + segment.id() + \" appeared while the log was sealed\"); }"
                    + " expectSame(\"deletes of segment \" + segment.id(), read.deletes(), segment.deletes());"
                    + " DeletesEntry marked = deletes.get(segment.id());"
                    + " segments.add(marked == null ? segment : segment.withDeletes(marked)); }"
                    + " expectSame(\"number of segments\", before.size(), segments.size());",
            "List<SegmentEntry> segments = new ArrayList<>(); for (SegmentEntry segment : manifest.segments()) {"
                    + " DeletesEntry marked = deletes.get(segment.id());"
                    + " segments.add(marked == null ? segment : segment.withDeletes(marked)); }"),
    FORGET_DELETES_WHEN_SEALING(
            1, "maintenance/Maintainer", "if (!tail.hasDeletes()) { return null;", "if (tail != null) { return null;"),
    COMPACT_OVER_NEW_DELETES(
            40,
            "manifest/Changes",
            "expectSame(\"deletes of segment \" + input.id(), input.deletes(), now.deletes());",
            ""),
    BELIEVE_HINTS(
            1,
            "engine/Collections",
            "return keep(hint.get(), longAgo());",
            "return keep(hint.get(), host.nanoTime());"),
    BELIEVE_AN_ABSENT_VERSION_AFTER_A_FREEZE(
            1,
            "log/CollectionLog",
            "if (recently && versions.find(known.version() + 1).isEmpty())",
            "if (versions.find(known.version() + 1).isEmpty())"),
    WRITE_BY_A_VIEW_OF_ANY_AGE(
            5,
            "log/CollectionLog",
            "return host.nanoTime() - view.lookedAtNanos() < age.toNanos();",
            "return view != null;"),
    TAKE_ANY_VERSION_THAT_IS_THERE_FOR_OURS(
            1, "manifest/Versions", "if (put instanceof Put.Stored) {", "if (!(put instanceof Put.ReplyLost)) {"),
    LET_THE_CLOCK_GO_BACK(
            2,
            "log/HybridClock",
            "Math.max(wall.millis() << COUNTER_BITS, Math.max(last, after) + 1)",
            "wall.millis() << COUNTER_BITS"),
    SKIP_CHECKSUMS(10, "storage/MirrorEntry", "checksums.check(block, found);", ""),
    STRONG_READS_THAT_DO_NOT_LOOK(1, "search/Freshness", "case STRONG -> true;", "case STRONG -> false;"),
    SESSIONS_THAT_DO_NOT_WAIT(4, "search/Freshness", "boolean behind =", "boolean behind = view == null &&"),
    BOUNDED_READS_WITHOUT_A_BOUND(3, "search/Freshness", "> bound.toNanos()", "> OLDEST.toNanos()"),
    DROP_WITHOUT_A_FENCE(
            9,
            "engine/Drops",
            "    private void free(CollectionName name, CollectionLog log) { log.fence();",
            "    private void free(CollectionName name, CollectionLog log) {");

    /** That finds it. */
    final long seed;

    final String file;
    final String fragment;
    final String replacement;

    Breakage(long seed, String file, String fragment, String replacement) {
        this.seed = seed;
        this.file = file;
        this.fragment = fragment;
        this.replacement = replacement;
    }
}
