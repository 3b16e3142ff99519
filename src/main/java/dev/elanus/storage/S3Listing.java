package dev.elanus.storage;

import dev.elanus.storage.ObjectStore.Listed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * What lies below a prefix of a bucket. Directory buckets of S3 Express One Zone list in no order, start where they like and know only whole
 * folders: there everything below the folder is listed and put into order here, which costs a request for each thousand objects.
 *
 * @param prefix of the store, empty or ending with a slash
 */
record S3Listing(S3Client client, S3Bucket bucket, String prefix, S3Retry retry) {
    private static final int PAGE = 1000;

    List<Listed> list(String below, String startAfter, int limit) {
        return S3Bucket.isDirectory(bucket.name())
                ? listFolder(below, startAfter, limit)
                : listInOrder(below, startAfter, limit);
    }

    private List<Listed> listInOrder(String below, String startAfter, int limit) {
        List<Listed> listed = new ArrayList<>();
        String after = startAfter;
        while (true) {
            int page = Math.min(PAGE, limit - listed.size());
            ListObjectsV2Response answer = page(below, page, after.isEmpty() ? null : prefix + after, null);
            addTo(listed, answer);
            if (listed.size() >= limit || !answer.isTruncated() || listed.isEmpty()) {
                return listed;
            }
            after = listed.getLast().key();
        }
    }

    private List<Listed> listFolder(String below, String startAfter, int limit) {
        String folder = below.substring(0, below.lastIndexOf('/') + 1);
        List<Listed> all = new ArrayList<>();
        String token = null;
        do {
            ListObjectsV2Response answer = page(folder, PAGE, null, token);
            addTo(all, answer);
            token = answer.isTruncated() ? answer.nextContinuationToken() : null;
        } while (token != null);
        return all.stream()
                .filter(each -> each.key().startsWith(below) && each.key().compareTo(startAfter) > 0)
                .sorted(Comparator.comparing(Listed::key))
                .limit(limit)
                .toList();
    }

    private ListObjectsV2Response page(String below, int limit, @Nullable String after, @Nullable String token) {
        return retry.run(
                "list",
                bucket.place(prefix + below),
                () -> client.listObjectsV2(bucket.list(prefix + below, limit)
                        .startAfter(after)
                        .continuationToken(token)
                        .build()));
    }

    private void addTo(List<Listed> listed, ListObjectsV2Response answer) {
        answer.contents()
                .forEach(object -> listed.add(new Listed(
                        object.key().substring(prefix.length()),
                        object.size(),
                        object.lastModified().toEpochMilli())));
    }

    /** Frees the parts of uploads that were started before a time and neither completed nor aborted. @return how many */
    int abortLeftOvers(Instant before) {
        List<MultipartUpload> leftOver = new ArrayList<>();
        String key = null;
        String upload = null;
        do {
            String fromKey = key;
            String fromUpload = upload;
            ListMultipartUploadsResponse answer = retry.run(
                    "list unfinished uploads of",
                    bucket.place(prefix),
                    () -> client.listMultipartUploads(bucket.uploads(prefix)
                            .keyMarker(fromKey)
                            .uploadIdMarker(fromUpload)
                            .build()));
            answer.uploads().stream()
                    .filter(each -> each.initiated().isBefore(before))
                    .forEach(leftOver::add);
            boolean more = Boolean.TRUE.equals(answer.isTruncated());
            key = more ? answer.nextKeyMarker() : null;
            upload = more ? answer.nextUploadIdMarker() : null;
        } while (key != null);
        leftOver.forEach(each -> retry.run(
                "abort the unfinished upload of",
                bucket.place(each.key()),
                () -> client.abortMultipartUpload(bucket.abort(each.key(), each.uploadId()))));
        return leftOver.size();
    }
}
