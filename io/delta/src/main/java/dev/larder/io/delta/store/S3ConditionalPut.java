package dev.larder.io.delta.store;

import com.amazonaws.AmazonServiceException;
import com.amazonaws.SdkBaseException;
import com.amazonaws.SdkClientException;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.model.PutObjectRequest;
import dev.larder.io.delta.error.StoreErrors;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Puts objects whose names are free, by one request each that the store refuses otherwise.
 *
 * <p>The SDK repeats a request whose answer was lost; then the store refuses the repetition
 * although the first one was carried out. So each call marks its object, and a refused call looks
 * whose object is there.
 */
final class S3ConditionalPut {
  /** Says in an object's user metadata which call made it. */
  private static final String WRITER = "larder-writer";

  private static final int ATTEMPTS = 5;
  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;

  private final S3Bucket bucket;
  private final AmazonS3 client;
  private volatile boolean refusesToOverwrite;

  /**
   * @param isTrusted whether the store is known to refuse
   */
  S3ConditionalPut(S3Bucket bucket, AmazonS3 client, boolean isTrusted) {
    this.bucket = bucket;
    this.client = client;
    this.refusesToOverwrite = isTrusted;
  }

  /**
   * @throws FileAlreadyExistsException if another call, anywhere, wrote the object
   * @throws IOException if it is not known whether the object was or will be written
   */
  void put(String key, byte[] content) throws IOException {
    requireRefusal(key);
    String writer = UUID.randomUUID().toString();
    for (int attempt = 1; ; attempt++) {
      try {
        client.putObject(ifAbsent(bucket.request(key, content, Map.of(WRITER, writer))));
        return;
      } catch (SdkClientException e) {
        Optional<String> winner = winner(key, e);
        if (winner.isPresent()) {
          if (winner.get().equals(writer)) {
            return;
          }
          throw new FileAlreadyExistsException(bucket.address(key));
        }
        // 409: another call was under way. It may have failed, so the name may be free still.
        if (S3Bucket.status(e) != CONFLICT || attempt == ATTEMPTS) {
          throw bucket.translated("put if absent", key, e);
        }
        pause(attempt);
      }
    }
  }

  /**
   * Which call wrote the object; empty if there is none, or the failure says that there is none.
   */
  private Optional<String> winner(String key, SdkClientException failure) throws IOException {
    int status = S3Bucket.status(failure);
    if (status >= 400 && status < 500 && status != PRECONDITION_FAILED && status != CONFLICT) {
      return Optional.empty();
    }
    try {
      String writer = client.getObjectMetadata(bucket.name(), key).getUserMetaDataOf(WRITER);
      return Optional.of(writer == null ? "" : writer);
    } catch (SdkBaseException e) {
      if (S3Bucket.status(e) == S3Bucket.NOT_FOUND) {
        return Optional.empty();
      }
      e.addSuppressed(failure);
      throw bucket.translated("look up", key, e);
    }
  }

  /**
   * Makes sure, once for a bucket, that the store knows the condition: one that does not would let
   * writers overwrite each other's commits.
   */
  private void requireRefusal(String key) throws IOException {
    if (refusesToOverwrite) {
      return;
    }
    int log = key.lastIndexOf(TableStore.LOG + "/");
    String probe = key.substring(0, Math.max(0, log)) + "_larder/probe-" + UUID.randomUUID();
    boolean refused = false;
    try {
      client.putObject(bucket.request(probe, new byte[0], Map.of()));
      try {
        client.putObject(ifAbsent(bucket.request(probe, new byte[0], Map.of())));
      } catch (AmazonServiceException e) {
        refused = e.getStatusCode() == PRECONDITION_FAILED || e.getStatusCode() == CONFLICT;
      }
      client.deleteObject(bucket.name(), probe);
    } catch (SdkBaseException e) {
      throw bucket.translated("put", probe, e);
    }
    if (!refused) {
      throw StoreErrors.noConditionalPut(bucket.name());
    }
    refusesToOverwrite = true;
  }

  private static PutObjectRequest ifAbsent(PutObjectRequest request) {
    request.putCustomRequestHeader("If-None-Match", "*");
    return request;
  }

  private static void pause(int attempt) throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(20L << attempt);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a commit waited for another", e);
    }
  }
}
