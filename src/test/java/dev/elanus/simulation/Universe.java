package dev.elanus.simulation;

import dev.elanus.error.Conflict;
import dev.elanus.error.DatabaseException;
import dev.elanus.error.OutcomeUnknown;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.simulation.Note.Outcome;
import dev.elanus.simulation.Plan.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** One run of a plan: the world is made, the lanes do their steps, then everything heals and is read once more. */
final class Universe {
    static final List<String> COLLECTIONS = List.of("a", "b");

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LAST_PATIENCE = Duration.ofMinutes(30);
    private static final long BOOT_MILLIS = 1_800_000;

    private final Plan plan;
    private final Scheduler scheduler;
    private final Weather weather;
    private final Bucket bucket;
    private final SimulatedHost outside;
    private final List<SimulatedProcess> processes = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();

    /**
     * What a run brought.
     *
     * @param trace equal for equal runs
     */
    record Result(List<String> violations, List<Note> notes, long trace, Map<String, Integer> happened, long checks) {}

    private Universe(Plan plan, Path folder) {
        this.plan = plan;
        SplittableRandom random = new SplittableRandom(plan.seed() ^ 0x5DEECE66DL);
        scheduler = new Scheduler(random.split());
        weather = new Weather(
                scheduler,
                random.split(),
                plan.climate().faults(),
                plan.climate().faultRate());
        bucket = new Bucket(scheduler);
        outside = new SimulatedHost(scheduler, random.split(), 1, 0);
        for (int i = 0; i < plan.climate().processes(); i++) {
            processes.add(new SimulatedProcess(
                    scheduler,
                    bucket,
                    weather,
                    random.split(),
                    folder.resolve("process-" + i),
                    i == plan.climate().servers(),
                    i < plan.climate().maintaining(),
                    plan.climate().skewMillis()));
        }
    }

    /** @param folder for the processes' local files, empty */
    static Result run(Plan plan, Path folder) {
        return new Universe(plan, folder).run();
    }

    private Result run() {
        try (Complaints complaints = Complaints.listen()) {
            String problem = scheduler.run(outside, this::live);
            if (!problem.isEmpty()) {
                violations.add(problem);
            }
            violations.addAll(complaints.heard());
        }
        long checks = 0;
        if (violations.isEmpty()) {
            Checker checker = new Checker(Truth.of(bucket.made()), notes);
            violations.addAll(checker.check());
            checks = checker.checks();
        }
        return new Result(violations, notes, scheduler.trace(), happened(), checks);
    }

    private Map<String, Integer> happened() {
        Map<String, Integer> happened = new TreeMap<>();
        weather.met()
                .forEach((fault, count) ->
                        happened.put(fault.name().toLowerCase().replace('_', ' '), count));
        happened.put("outage", weather.outages());
        happened.put(
                "process ended",
                processes.stream().mapToInt(SimulatedProcess::ends).sum());
        return happened;
    }

    private boolean live() {
        processes.forEach(SimulatedProcess::boot);
        awaitUp();
        Map<Integer, List<Step>> lanes = new TreeMap<>();
        plan.steps()
                .forEach(step -> lanes.computeIfAbsent(step.lane(), _ -> new ArrayList<>())
                        .add(step));
        List<CompletableFuture<Boolean>> running = new ArrayList<>();
        lanes.forEach((lane, steps) -> running.add(outside.start(() -> walk(lane, steps))));
        running.forEach(outside::await);
        heal();
        return true;
    }

    private boolean walk(int lane, List<Step> steps) {
        Client client = new Client(outside, scheduler, processes, notes);
        for (Step step : steps) {
            outside.pause(Duration.ofMillis(step.pauseMillis()));
            if (lane == Plan.CHAOS) {
                happen(step.deed());
            } else {
                client.take(step, PATIENCE);
            }
        }
        return true;
    }

    private void happen(Deed deed) {
        switch (deed) {
            case Deed.Kill kill -> processes.get(kill.process()).doom(kill);
            case Deed.Freeze(int process, long millis) ->
                processes.get(process).host().freezeUntil(scheduler.nowNanos() + millis * 1_000_000);
            case Deed.JumpClock(int process, long millis) ->
                processes.get(process).jumpClock(millis);
            case Deed.Outage(long millis, boolean losesReplies) -> weather.goOut(millis * 1_000_000, losesReplies);
            case Deed.Pass(long millis) -> outside.pause(Duration.ofMillis(millis));
            case Deed.Insert _,
                    Deed.Upsert _,
                    Deed.Delete _,
                    Deed.DeleteRange _,
                    Deed.Query _,
                    Deed.Count _,
                    Deed.Search _,
                    Deed.Flush _,
                    Deed.Create _,
                    Deed.Drop _,
                    Deed.Maintain _,
                    Deed.CollectGarbage _ -> throw new IllegalArgumentException("not for the lane of chaos: " + deed);
        }
    }

    /** The store behaves, every process starts anew, everything that is due is done; then everybody must read the same. */
    private void heal() {
        weather.calm();
        processes.forEach(SimulatedProcess::stop);
        pass(SimulatedProcess.LONG_GRACE.plus(SimulatedProcess.GRACE));
        processes.forEach(process -> {
            process.setClock();
            process.boot();
        });
        awaitUp();
        SimulatedProcess builder = processes.getLast();
        Client last = new Client(outside, scheduler, processes, notes);
        int number = 1_000_000;
        List<String> there = outside
                .await(builder.call(() -> builder.maintenance().collections()))
                .stream()
                .map(name -> name.name())
                .toList();
        for (String name : there) {
            must(last, new Step(number++, 1, 0, 0, new Deed.Maintain(name, true)));
        }
        readAll(last, there, number);
        processes.stream().filter(process -> process != builder).forEach(SimulatedProcess::stop);
        pass(SimulatedProcess.LONG_GRACE.plus(SimulatedProcess.GRACE));
        must(last, new Step(number + 1_000, 1, 0, 0, new Deed.CollectGarbage()));
        must(last, new Step(number + 1_001, 1, 0, 0, new Deed.CollectGarbage()));
        Truth truth = Truth.of(bucket.made());
        violations.addAll(new Leftovers(bucket, truth).check());
    }

    private void readAll(Client last, List<String> there, int first) {
        int number = first;
        for (int process = 0; process < plan.climate().servers(); process++) {
            for (String name : there) {
                must(last, new Step(number++, 1, process, 0, new Deed.Create(name)));
                must(last, new Step(number++, 1, process, 0, new Deed.Query(name, ConsistencyLevel.STRONG, List.of())));
                must(last, new Step(number++, 1, process, 0, new Deed.Count(name, ConsistencyLevel.STRONG)));
                must(last, new Step(number++, 1, process, 0, new Deed.Search(name, ConsistencyLevel.STRONG, 500, 5)));
            }
        }
    }

    private void must(Client client, Step step) {
        Outcome outcome = client.take(step, LAST_PATIENCE);
        switch (outcome) {
            case Outcome.Refused(Throwable why) ->
                violations.add("after everything healed, " + step.deed() + " was refused: " + Stories.of(why));
            case Outcome.Unknown(Throwable why) ->
                violations.add("after everything healed, " + step.deed() + " was not answered: " + Stories.of(why));
            case Outcome.NotSent() -> violations.add("after everything healed, " + step.deed() + " could not be sent");
            case Outcome.Written _, Outcome.Rows _, Outcome.Counted _, Outcome.Hits _, Outcome.Done _ -> {}
        }
    }

    private void pass(Duration duration) {
        outside.pause(duration);
    }

    private void awaitUp() {
        for (long waited = 0; processes.stream().anyMatch(process -> !process.isUp()); waited += 100) {
            if (waited > BOOT_MILLIS) {
                violations.add("a process does not start");
                return;
            }
            outside.pause(Duration.ofMillis(100));
        }
    }

    /** Whether a failure says that nothing was done. */
    static boolean isRefusal(Throwable failure) {
        return failure instanceof DatabaseException && !(failure instanceof OutcomeUnknown)
                || failure instanceof Conflict;
    }
}
