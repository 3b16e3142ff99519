package dev.elanus.builder;

import dev.elanus.engine.Database;
import dev.elanus.engine.ElanusDatabase;
import dev.elanus.engine.EngineSettings;
import dev.elanus.engine.Maintenance;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionName;
import dev.elanus.storage.FolderStore;
import dev.elanus.storage.ObjectStore;
import dev.elanus.storage.S3Headers;
import dev.elanus.storage.S3Settings;
import dev.elanus.storage.StoreLocation;
import dev.elanus.storage.StoreTraffic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** Which bucket and which collections a command works on. */
class StoreOptions {
    @Option(
            names = "--store",
            defaultValue = "elanus-data",
            description = "A folder or s3://BUCKET/PREFIX (default: ${DEFAULT-VALUE}).")
    String store = "";

    @Option(
            names = "--s3-endpoint",
            defaultValue = "${env:ELANUS_S3_ENDPOINT}",
            description = "The address of an S3-compatible server that is not AWS.")
    @Nullable
    String endpoint;

    @Option(
            names = "--s3-region",
            defaultValue = "${env:ELANUS_S3_REGION:-us-east-1}",
            description = "The bucket's region (default: ${DEFAULT-VALUE}).")
    String region = "";

    @Option(
            names = "--s3-path-style",
            arity = "1",
            defaultValue = "${env:ELANUS_S3_PATH_STYLE}",
            description = "true or false: whether the bucket stands in the path or in the host name "
                    + "(default: true, and false for buckets of S3 Express).")
    @Nullable
    Boolean pathStyle;

    @Option(
            names = "--s3-encryption",
            defaultValue = "${env:ELANUS_S3_ENCRYPTION:-}",
            description = "s3, kms or kms:KEY: how objects are encrypted where they lie (default: as the bucket says).")
    String encryption = "";

    @Option(
            names = "--s3-plain-checksums",
            arity = "0..1",
            fallbackValue = "true",
            description = "For servers that do not know the SDK's checksums in trailers.")
    boolean plainChecksums;

    @Option(
            names = "--s3-requester-pays",
            arity = "0..1",
            fallbackValue = "true",
            description = "This account pays for requests to a bucket of another.")
    boolean requesterPays;

    @Option(names = "--collection", description = "Only this collection; may be given several times.")
    List<String> collections = List.of();

    @Option(
            names = "--scratch",
            description = "A folder for objects under construction and mirrored ones (default: a fresh temporary one).")
    @Nullable
    Path scratch;

    Maintenance open(MachineHost host) {
        return Maintenance.open(openStore(host), host, EngineSettings.defaults(scratchFolder()));
    }

    /** The database itself, for what is no maintenance. */
    Database openDatabase(MachineHost host) {
        return ElanusDatabase.open(
                openStore(host), host, EngineSettings.defaults(scratchFolder()).withMaintenance(false));
    }

    /** The one collection that a command is about. */
    CollectionName one() {
        if (collections.size() != 1) {
            throw new Invalid("--collection: expected one, found " + collections.size());
        }
        return CollectionName.of(collections.getFirst());
    }

    /** The chosen collections. @throws NotFound if one does not exist */
    List<CollectionName> chosen(Maintenance maintenance) {
        List<CollectionName> all = maintenance.collections();
        if (collections.isEmpty()) {
            return all;
        }
        return collections.stream()
                .map(CollectionName::of)
                .map(name -> {
                    if (!all.contains(name)) {
                        throw NotFound.collection(name.database(), name.name());
                    }
                    return name;
                })
                .toList();
    }

    private ObjectStore openStore(MachineHost host) {
        return switch (StoreLocation.parse(store)) {
            case StoreLocation.Folder(Path path) -> {
                // A mistyped folder would otherwise become an empty database.
                if (!Files.isDirectory(path)) {
                    throw new Invalid("store: expected a folder that exists, found " + path);
                }
                yield new FolderStore(path, host);
            }
            case StoreLocation.Bucket(String name, String prefix) ->
                new S3Settings(
                                name,
                                prefix,
                                Optional.ofNullable(endpoint)
                                        .filter(text -> !text.isBlank())
                                        .map(URI::create),
                                region,
                                pathStyle == null ? S3Settings.isPathStyleUsual(name) : pathStyle,
                                plainChecksums,
                                S3Headers.parse(encryption, requesterPays),
                                DefaultCredentialsProvider.builder().build())
                        .open(host, new StoreTraffic());
        };
    }

    private Path scratchFolder() {
        try {
            return scratch == null ? Files.createTempDirectory("elanus-build-") : Files.createDirectories(scratch);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
