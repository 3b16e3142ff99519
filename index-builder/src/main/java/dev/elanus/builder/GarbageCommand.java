package dev.elanus.builder;

import dev.elanus.engine.Maintenance;
import dev.elanus.host.MachineHost;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Removes garbage. */
@Command(
        name = "gc",
        description = "Removes objects that no manifest has named for the grace period.",
        mixinStandardHelpOptions = true)
class GarbageCommand implements Callable<Integer> {
    @Mixin
    StoreOptions options = new StoreOptions();

    @Override
    public Integer call() {
        try (MachineHost host = new MachineHost();
                Maintenance maintenance = options.open(host)) {
            System.out.println(maintenance.collectGarbage() + " objects removed");
            return 0;
        }
    }
}
