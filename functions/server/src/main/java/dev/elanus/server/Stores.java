package dev.elanus.server;

import dev.elanus.engine.Database;
import dev.elanus.engine.ElanusDatabase;
import dev.elanus.engine.EngineSettings;
import dev.elanus.host.Host;
import dev.elanus.host.MachineHost;
import dev.elanus.storage.FolderStore;
import dev.elanus.storage.ObjectStore;
import dev.elanus.storage.S3Store;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Opens the database on the store that the command line names, and makes what it needs. */
@Singleton
class Stores {
    private static final String S3 = "s3://";
    /** What servers that are not AWS call themselves. */
    private static final String USUAL_REGION = "us-east-1";

    private final String location;
    private final Optional<String> local;
    private final Optional<String> endpoint;
    private final Optional<String> region;

    Stores(
            @ConfigProperty(name = "elanus.store", defaultValue = "elanus-data") String location,
            @ConfigProperty(name = "elanus.local") Optional<String> local,
            @ConfigProperty(name = "elanus.s3.endpoint") Optional<String> endpoint,
            @ConfigProperty(name = "elanus.s3.region") Optional<String> region) {
        this.location = location;
        this.local = local;
        this.endpoint = endpoint;
        this.region = region;
    }

    @Produces
    @Singleton
    MachineHost host() {
        return new MachineHost();
    }

    void stop(@Disposes MachineHost host) {
        host.close();
    }

    /** Opened by the first who asks, which is the start; a store that cannot be used ends the process there. */
    @Produces
    @Singleton
    Database database(ObjectStore store, Host host) {
        boolean remote = location.startsWith(S3);
        Path folder = Path.of(local.orElse(remote ? "elanus-local" : location.replaceAll("/+$", "") + "-local"));
        return ElanusDatabase.open(
                store, host, EngineSettings.defaults(folder.toAbsolutePath().normalize()));
    }

    void close(@Disposes Database database) {
        database.close();
    }

    @Produces
    @Singleton
    ObjectStore store(Host host, Instance<S3ClientBuilder> clients) {
        if (!location.startsWith(S3)) {
            return new FolderStore(Path.of(location).toAbsolutePath().normalize(), host);
        }
        String[] parts = location.substring(S3.length()).split("/", 2);
        String prefix = parts.length < 2 ? "" : parts[1].replaceAll("/+$", "");
        S3ClientBuilder client = clients.get();
        // A retried put meets its own first write as "already there": the store itself decides what is tried again.
        client.overrideConfiguration(client.overrideConfiguration().toBuilder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .build());
        endpoint.ifPresent(uri -> client.endpointOverride(URI.create(uri))
                .forcePathStyle(true)
                .region(Region.of(region.orElse(USUAL_REGION))));
        region.ifPresent(name -> client.region(Region.of(name)));
        String where = endpoint.orElse("AWS " + region.orElse("in its configured region"));
        return new S3Store(client.build(), parts[0], prefix, where, host);
    }
}
