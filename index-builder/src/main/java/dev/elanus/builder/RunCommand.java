package dev.elanus.builder;

import dev.elanus.engine.Maintenance;
import dev.elanus.host.MachineHost;
import dev.elanus.index.Progress;
import dev.elanus.maintenance.Job;
import dev.elanus.schema.CollectionName;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Does what is to do. */
@Command(
        name = "run",
        description = "Seals, indexes and compacts until nothing is left to do.",
        mixinStandardHelpOptions = true)
class RunCommand implements Callable<Integer> {
    private static final int STEPS = 20;

    @Mixin
    StoreOptions options = new StoreOptions();

    @Option(names = "--seal", description = "Seal everything that was acknowledged so far, however little it is.")
    boolean seals;

    @Override
    public Integer call() {
        try (MachineHost host = new MachineHost();
                Maintenance maintenance = options.open(host)) {
            for (CollectionName name : options.chosen(maintenance)) {
                List<Job> done = maintenance.run(name, seals, (job, before) -> {
                    System.out.println(name.name() + ": " + JobText.of(job));
                    return new Steps(name.name());
                });
                System.out.println(name.name() + ": " + done.size() + " jobs done");
            }
            return 0;
        }
    }

    /** Prints progress in steps of a twentieth. */
    private static final class Steps implements Progress {
        private final String collection;
        private int printed;

        Steps(String collection) {
            this.collection = collection;
        }

        @Override
        public synchronized void at(double fraction) {
            int step = (int) (fraction * STEPS);
            if (step > printed) {
                printed = step;
                System.out.println(collection + ": " + step * 100 / STEPS + " %");
            }
        }
    }
}
