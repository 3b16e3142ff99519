package dev.elanus.simulation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs tasks one at a time: a baton goes from one to the next wherever one waits, and a seed decides to whom. Time stands still while anybody can
 * run, and jumps to the next timer when nobody can. Nothing of it depends on how fast the machine is.
 */
final class Scheduler {
    /** Nobody meant to do so much: something runs in a circle. */
    private static final long MAX_SWITCHES_IN_AN_INSTANT = 1_000_000;

    private static final long STUCK_SECONDS = 60;

    private final SplittableRandom random;
    private final List<Task> runnable = new ArrayList<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final Set<Task> started = new LinkedHashSet<>();
    private final Semaphore given = new Semaphore(0);
    private Task current;
    private long nowNanos;
    private long timersMade;
    private long tasksMade;
    private long switches;
    private long switchesAtThisInstant;
    private long trace;
    private boolean over;
    private boolean inEvent;
    private String problem = "";

    /** Thrown where a task of a run that is over waits, to unwind it. */
    static final class Unwound extends Error {
        private static final long serialVersionUID = 1L;

        Unwound() {
            super("the run is over", null, false, false);
        }
    }

    private record Timer(long atNanos, long number, Runnable event) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private static final class Task {
        final SimulatedHost host;
        final long number;
        Thread thread;
        volatile boolean mayRun;

        Task(SimulatedHost host, long number) {
            this.host = host;
            this.number = number;
        }
    }

    Scheduler(SplittableRandom random) {
        this.random = random;
    }

    /** Nanoseconds since the run began. */
    long nowNanos() {
        return nowNanos;
    }

    long switches() {
        return switches;
    }

    /** A hash of everything that was noted, in its order: equal for equal runs. */
    long trace() {
        return trace;
    }

    void note(long what) {
        trace = Long.rotateLeft(trace ^ what * 0x9E3779B97F4A7C15L, 27) * 0xBF58476D1CE4E5B9L;
    }

    /** Runs a task and all that comes of it until {@link #finish}. @return what kept it from finishing, or nothing */
    String run(SimulatedHost host, Callable<?> first) {
        start(host, first).whenComplete((_, failure) -> {
            if (failure != null) {
                problem = "the run failed: " + Stories.of(failure);
            }
            over = true;
        });
        Task next = pick();
        if (next != null) {
            resume(next);
            awaitBaton();
        }
        unwind();
        return problem;
    }

    void after(long delayNanos, Runnable event) {
        timers.add(new Timer(nowNanos + Math.max(0, delayNanos), timersMade++, event));
    }

    <T> CompletableFuture<T> start(SimulatedHost host, Callable<T> work) {
        checkGoesOn();
        CompletableFuture<T> result = new CompletableFuture<>();
        Task task = new Task(host, tasksMade++);
        task.thread = Thread.ofVirtual().unstarted(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            } finally {
                end(task);
            }
        });
        // Not a place to let others go first: who starts a task may hold a lock.
        ready(task);
        return result;
    }

    /** Lets others go first, unless nobody holds the baton: what waits for a reply may look at it again when it comes. */
    void letOthersGo() {
        if (inEvent) {
            return;
        }
        ready(current);
        block();
    }

    void await(CompletableFuture<?> pending) {
        checkGoesOn();
        if (!pending.isDone()) {
            Task waiting = current;
            pending.whenComplete((_, _) -> ready(waiting));
            block();
        }
    }

    /** Who holds no baton does not wait: a process that dies closes what it has. */
    boolean await(CompletableFuture<?> pending, long nanos) {
        checkGoesOn();
        if (!pending.isDone() && !inEvent) {
            Task waiting = current;
            boolean[] woken = new boolean[1];
            Runnable wake = () -> {
                if (!woken[0]) {
                    woken[0] = true;
                    ready(waiting);
                }
            };
            pending.whenComplete((_, _) -> wake.run());
            after(nanos, wake);
            block();
        }
        return pending.isDone();
    }

    void pause(long nanos) {
        checkGoesOn();
        Task waiting = current;
        after(nanos, () -> ready(waiting));
        block();
    }

    /** Never goes on: the task's process is dead. */
    void stopForGood() {
        block();
        throw new IllegalStateException("a task of a dead process went on");
    }

    private void checkGoesOn() {
        if (over) {
            throw new Unwound();
        }
    }

    private void ready(Task task) {
        if (!task.host.isDead()) {
            runnable.add(task);
        }
    }

    /** Gives the baton away until somebody gives it back. */
    private void block() {
        checkGoesOn();
        Task self = current;
        Task next = pick();
        if (next != self) {
            hand(next);
            while (!self.mayRun) {
                LockSupport.park(this);
            }
            self.mayRun = false;
        }
        checkGoesOn();
    }

    private void end(Task task) {
        started.remove(task);
        hand(over ? null : pick());
    }

    private void hand(Task next) {
        if (next == null) {
            current = null;
            given.release();
        } else {
            resume(next);
        }
    }

    private void resume(Task next) {
        current = next;
        if (started.add(next)) {
            next.thread.start();
        } else {
            next.mayRun = true;
            LockSupport.unpark(next.thread);
        }
    }

    /** Who is next; nobody once the run is over. */
    private Task pick() {
        while (!over) {
            if (runnable.isEmpty()) {
                Timer timer = timers.poll();
                if (timer == null) {
                    problem = "everybody waits, and for nothing that will ever happen";
                    over = true;
                    break;
                }
                if (timer.atNanos > nowNanos) {
                    nowNanos = timer.atNanos;
                    switchesAtThisInstant = 0;
                }
                inEvent = true;
                timer.event.run();
                inEvent = false;
                continue;
            }
            int chosen = random.nextInt(runnable.size());
            Task task = runnable.get(chosen);
            runnable.set(chosen, runnable.getLast());
            runnable.removeLast();
            if (task.host.isDead()) {
                continue;
            }
            if (task.host.frozenUntilNanos() > nowNanos) {
                after(task.host.frozenUntilNanos() - nowNanos, () -> ready(task));
                continue;
            }
            switches++;
            if (++switchesAtThisInstant > MAX_SWITCHES_IN_AN_INSTANT) {
                problem = "tasks run in a circle and time stands still";
                over = true;
            }
            note(task.number * 31 + nowNanos);
            return task;
        }
        return null;
    }

    private void awaitBaton() {
        try {
            if (!given.tryAcquire(STUCK_SECONDS, TimeUnit.SECONDS)) {
                Task stuck = current;
                throw new IllegalStateException("a task does not give the baton back: "
                        + (stuck == null ? "" : List.of(stuck.thread.getStackTrace())));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Ends what still waits, so that its threads and files are freed. */
    private void unwind() {
        over = true;
        runnable.clear();
        timers.clear();
        while (!started.isEmpty()) {
            resume(started.iterator().next());
            awaitBaton();
        }
    }
}
