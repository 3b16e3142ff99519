package dev.elanus.builder;

import dev.elanus.engine.Maintenance;
import dev.elanus.host.MachineHost;
import dev.elanus.maintenance.Finding;
import dev.elanus.maintenance.VerifyListener;
import dev.elanus.maintenance.VerifyReport;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks a bucket. */
@Command(
        name = "verify",
        description =
                "Reads everything and checks every reference, checksum and invariant. Changes nothing. Exits with 1"
                        + " if something is not as it should be.",
        mixinStandardHelpOptions = true)
class VerifyCommand implements Callable<Integer> {
    @Mixin
    StoreOptions options = new StoreOptions();

    @Override
    public Integer call() {
        try (MachineHost host = new MachineHost();
                Maintenance maintenance = options.open(host)) {
            VerifyReport report = maintenance.verify(new Printer(host));
            System.out.println(summary(report));
            return report.findings() == 0 ? 0 : 1;
        }
    }

    private static String summary(VerifyReport report) {
        String orphans = report.orphans() == 0
                ? "no orphans"
                : "%,d orphans of %,d bytes, the oldest %,d minutes old"
                        .formatted(
                                report.orphans(),
                                report.orphanBytes(),
                                Duration.ofMillis(report.oldestOrphanMillis()).toMinutes());
        return "%,d collections, %,d manifests, %,d objects, %,d batches of the log, %,d bytes read; %s; %s"
                .formatted(
                        report.collections(),
                        report.manifests(),
                        report.objects(),
                        report.batches(),
                        report.bytes(),
                        orphans,
                        report.findings() == 0 ? "all is well" : report.findings() + " findings");
    }

    /** Findings on standard output, one a line; progress on standard error, once a second at most. */
    private static final class Printer implements VerifyListener {
        private final MachineHost host;
        private long printedAt;

        Printer(MachineHost host) {
            this.host = host;
            this.printedAt = host.nanoTime();
        }

        @Override
        public void found(Finding finding) {
            System.out.println(finding.text());
        }

        @Override
        public void at(String where, long done, long total) {
            long now = host.nanoTime();
            if (now - printedAt >= 1_000_000_000L) {
                printedAt = now;
                System.err.println(where + ": " + done + " of " + total);
            }
        }
    }
}
