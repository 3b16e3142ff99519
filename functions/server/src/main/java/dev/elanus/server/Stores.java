package dev.elanus.server;

import dev.elanus.engine.Database;
import dev.elanus.engine.ElanusDatabase;
import dev.elanus.engine.EngineSettings;
import dev.elanus.host.Host;
import dev.elanus.host.MachineHost;
import dev.elanus.storage.FolderStore;
import dev.elanus.storage.ObjectStore;
import dev.elanus.storage.S3Headers;
import dev.elanus.storage.S3Settings;
import dev.elanus.storage.StoreLocation;
import dev.elanus.storage.StoreTraffic;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.s3.S3Client;

/** Opens the database on the store that the command line names, and makes what it needs. */
@Singleton
class Stores {
    private final StoreLocation location;
    private final Optional<String> local;
    private final Optional<String> fresh;
    private final Optional<String> endpoint;
    private final String region;
    private final S3Headers headers;
    private final double recallShare;

    Stores(
            @ConfigProperty(name = "elanus.store", defaultValue = "elanus-data") String location,
            @ConfigProperty(name = "elanus.local") Optional<String> local,
            @ConfigProperty(name = "elanus.fresh") Optional<String> fresh,
            @ConfigProperty(name = "elanus.s3.endpoint") Optional<String> endpoint,
            @ConfigProperty(name = "elanus.s3.region") String region,
            @ConfigProperty(name = "elanus.s3.encryption") Optional<String> encryption,
            @ConfigProperty(name = "elanus.s3.requester-pays", defaultValue = "false") boolean requesterPays,
            @ConfigProperty(name = "elanus.recall-share", defaultValue = "0.001") double recallShare) {
        this.location = StoreLocation.parse(location);
        this.local = local;
        this.fresh = fresh;
        this.endpoint = endpoint;
        this.region = region;
        this.headers = S3Headers.parse(encryption.orElse(""), requesterPays);
        this.recallShare = recallShare;
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
        Path beside = switch (location) {
            case StoreLocation.Folder(Path path) -> Path.of(path + "-local");
            case StoreLocation.Bucket _ -> Path.of("elanus-local");
        };
        Path folder = local.map(Path::of).orElse(beside).toAbsolutePath().normalize();
        EngineSettings settings = EngineSettings.defaults(folder).filling().withRecallShare(recallShare);
        return ElanusDatabase.open(store, host, settings);
    }

    void close(@Disposes Database database) {
        database.close();
        fresh.map(Path::of).ifPresent(FreshFolder::delete);
    }

    @Produces
    @Singleton
    StoreTraffic traffic() {
        return new StoreTraffic();
    }

    @Produces
    @Singleton
    ObjectStore store(Host host, Instance<S3Client> client, StoreTraffic traffic) {
        return switch (location) {
            case StoreLocation.Folder(Path path) -> new FolderStore(path, host);
            // Asked for only here: a folder needs neither a region nor credentials.
            case StoreLocation.Bucket(String name, String prefix) ->
                S3Settings.open(client.get(), name, prefix, endpoint.orElse("AWS " + region), headers, host, traffic);
        };
    }
}
