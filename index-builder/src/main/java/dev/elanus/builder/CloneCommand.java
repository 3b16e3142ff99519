package dev.elanus.builder;

import dev.elanus.engine.Database;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionName;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Clones a collection. */
@Command(
        name = "clone",
        description = "Makes a new collection of what a collection holds, without a copy. Both go their own ways.",
        mixinStandardHelpOptions = true)
class CloneCommand implements Callable<Integer> {
    @Mixin
    StoreOptions options = new StoreOptions();

    @Parameters(paramLabel = "TARGET", description = "The new collection's name.")
    String target = "";

    @Override
    public Integer call() {
        try (MachineHost host = new MachineHost();
                Database database = options.openDatabase(host)) {
            database.cloneCollection(options.one(), CollectionName.of(target));
            System.out.println(target + ": made");
            return 0;
        }
    }
}
