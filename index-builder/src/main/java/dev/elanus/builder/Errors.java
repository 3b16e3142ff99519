package dev.elanus.builder;

import dev.elanus.error.DatabaseException;
import io.quarkus.picocli.runtime.PicocliCommandLineFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import picocli.CommandLine;

/** Says what went wrong in a sentence instead of a stack trace, where the engine says it. */
@ApplicationScoped
class Errors {
    @Produces
    CommandLine commandLine(PicocliCommandLineFactory factory) {
        return sayingWhatWentWrong(factory.create());
    }

    CommandLine sayingWhatWentWrong(CommandLine commandLine) {
        return commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof DatabaseException known) {
                command.getErr().println("elanus build: " + known.getMessage());
                command.getErr().flush();
                return command.getCommandSpec().exitCodeOnExecutionException();
            }
            throw failure;
        });
    }
}
