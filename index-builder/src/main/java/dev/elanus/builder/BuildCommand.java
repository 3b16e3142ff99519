package dev.elanus.builder;

import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.CommandLine.Command;

/** The command that the others hang from. */
@TopCommand
@Command(
        name = "elanus build",
        description = "Seals, indexes and compacts collections from a process of its own.",
        mixinStandardHelpOptions = true,
        subcommands = {
            PlanCommand.class,
            RunCommand.class,
            GarbageCommand.class,
            VerifyCommand.class,
            RecallCommand.class,
            SnapshotCommand.class,
            CloneCommand.class,
            ExportCommand.class,
            ImportCommand.class
        })
class BuildCommand {}
