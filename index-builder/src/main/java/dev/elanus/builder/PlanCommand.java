package dev.elanus.builder;

import dev.elanus.engine.Maintenance;
import dev.elanus.host.MachineHost;
import dev.elanus.maintenance.Job;
import dev.elanus.schema.CollectionName;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints what is to do. */
@Command(name = "plan", description = "Prints what is to do, and does nothing.", mixinStandardHelpOptions = true)
class PlanCommand implements Callable<Integer> {
    @Mixin
    StoreOptions options = new StoreOptions();

    @Override
    public Integer call() {
        try (MachineHost host = new MachineHost();
                Maintenance maintenance = options.open(host)) {
            for (CollectionName name : options.chosen(maintenance)) {
                List<Job> jobs = maintenance.plan(name);
                System.out.println(name.name() + ": " + (jobs.isEmpty() ? "nothing to do" : ""));
                jobs.forEach(job -> System.out.println("  " + JobText.of(job)));
            }
            return 0;
        }
    }
}
