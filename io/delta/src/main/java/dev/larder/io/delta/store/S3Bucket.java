package dev.larder.io.delta.store;

import com.amazonaws.AmazonServiceException;
import com.amazonaws.SdkBaseException;
import com.amazonaws.SdkClientException;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.model.ListObjectsV2Request;
import com.amazonaws.services.s3.model.ListObjectsV2Result;
import com.amazonaws.services.s3.model.ObjectMetadata;
import com.amazonaws.services.s3.model.PutObjectRequest;
import com.amazonaws.services.s3.model.S3Object;
import com.amazonaws.services.s3.model.S3ObjectSummary;
import com.amazonaws.services.s3.model.SSEAwsKeyManagementParams;
import dev.larder.io.delta.error.StoreErrors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.s3a.DefaultS3ClientFactory;
import org.apache.hadoop.fs.s3a.S3AUtils;
import org.apache.hadoop.fs.s3a.S3ClientFactory.S3ClientCreationParameters;
import org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException;

/**
 * A bucket by the AWS SDK itself, for what S3A 3.3 cannot do: to put an object only if there is
 * none of its name. The client is made by S3A's own factory from the same {@code fs.s3a.*}
 * settings.
 *
 * <p><b>Errors</b>: {@link IOException}s, as S3A words them; missing credentials and an object
 * store that overwrites are {@link dev.larder.io.changes.UserException}s.
 */
final class S3Bucket {
  static final String SCHEME = "s3a";

  /** Says in an object's user metadata which call of {@link #putIfAbsent} made it. */
  private static final String WRITER = "larder-writer";

  private static final int ATTEMPTS = 5;
  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;
  private static final Map<Settings, S3Bucket> OPEN = new ConcurrentHashMap<>();

  private final String name;
  private final AmazonS3 client;
  private final Settings settings;
  private volatile boolean refusesToOverwrite;

  /** What one client differs from another by. */
  private record Settings(
      String bucket,
      String endpoint,
      String region,
      String pathStyle,
      String accessKey,
      String encryption,
      String encryptionKey,
      boolean isAws) {
    static Settings of(String bucket, Configuration all) {
      return new Settings(
          bucket,
          all.getTrimmed(StoreSettings.ENDPOINT, ""),
          all.getTrimmed("fs.s3a.endpoint.region", ""),
          all.getTrimmed("fs.s3a.path.style.access", ""),
          all.getTrimmed(StoreSettings.ACCESS_KEY, ""),
          all.getTrimmed("fs.s3a.encryption.algorithm", ""),
          all.getTrimmed("fs.s3a.encryption.key", ""),
          StoreSettings.isAws(all));
    }

    /** Without the key's names: nobody needs them in a log. */
    @Override
    public String toString() {
      return bucket + " at " + endpoint;
    }
  }

  private S3Bucket(Settings settings, AmazonS3 client) {
    this.name = settings.bucket;
    this.client = client;
    this.settings = settings;
    this.refusesToOverwrite = settings.isAws;
  }

  /** Settings of all buckets, overridden by {@code fs.s3a.bucket.NAME.*}: a copy. */
  static Configuration settings(Configuration all, String bucket) {
    return S3AUtils.propagateBucketOptions(all, bucket);
  }

  static S3Bucket of(String bucket, Configuration all) throws IOException {
    Settings settings = Settings.of(bucket, all);
    S3Bucket known = OPEN.get(settings);
    if (known != null) {
      return known;
    }
    synchronized (OPEN) {
      if (!OPEN.containsKey(settings)) {
        OPEN.put(settings, new S3Bucket(settings, client(settings, all)));
      }
      return OPEN.get(settings);
    }
  }

  private static AmazonS3 client(Settings settings, Configuration all) throws IOException {
    URI uri = URI.create(SCHEME + "://" + settings.bucket);
    DefaultS3ClientFactory factory = new DefaultS3ClientFactory();
    factory.setConf(all);
    return factory.createS3Client(
        uri,
        new S3ClientCreationParameters()
            .withCredentialSet(S3AUtils.createAWSCredentialProviderSet(uri, all))
            .withEndpoint(settings.endpoint)
            .withPathStyleAccess(Boolean.parseBoolean(settings.pathStyle))
            .withRequesterPays(all.getBoolean("fs.s3a.requester.pays.enabled", false)));
  }

  /** Writes an object, or writes it anew. */
  void put(String key, byte[] content) throws IOException {
    try {
      client.putObject(request(key, content, ""));
    } catch (SdkBaseException e) {
      throw translated("put", key, e);
    }
  }

  /**
   * Writes an object whose name is free, by one request that the store refuses otherwise.
   *
   * <p>The SDK repeats a request whose answer was lost; then the store refuses the repetition
   * although the first one was carried out. So each call marks its object, and a refused call looks
   * whose object is there.
   *
   * @throws FileAlreadyExistsException if another call, anywhere, wrote the object
   * @throws IOException if it is not known whether the object was or will be written
   */
  void putIfAbsent(String key, byte[] content) throws IOException {
    requireRefusal(key);
    String writer = UUID.randomUUID().toString();
    for (int attempt = 1; ; attempt++) {
      try {
        client.putObject(ifAbsent(request(key, content, writer)));
        return;
      } catch (SdkClientException e) {
        Optional<String> winner = winner(key, e);
        if (winner.isPresent()) {
          if (winner.get().equals(writer)) {
            return;
          }
          throw new FileAlreadyExistsException(SCHEME + "://" + name + "/" + key);
        }
        // 409: another call was under way. It may have failed, so the name may be free still.
        if (status(e) != CONFLICT || attempt == ATTEMPTS) {
          throw translated("put if absent", key, e);
        }
        pause(attempt);
      }
    }
  }

  /**
   * Which call wrote the object; empty if there is none, or the failure says that there is none.
   */
  private Optional<String> winner(String key, SdkClientException failure) throws IOException {
    int status = status(failure);
    if (status >= 400 && status < 500 && status != PRECONDITION_FAILED && status != CONFLICT) {
      return Optional.empty();
    }
    try {
      String writer = client.getObjectMetadata(name, key).getUserMetaDataOf(WRITER);
      return Optional.of(writer == null ? "" : writer);
    } catch (SdkBaseException e) {
      if (status(e) == NOT_FOUND) {
        return Optional.empty();
      }
      e.addSuppressed(failure);
      throw translated("look up", key, e);
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
      client.putObject(request(probe, new byte[0], ""));
      try {
        client.putObject(ifAbsent(request(probe, new byte[0], "")));
      } catch (AmazonServiceException e) {
        refused = e.getStatusCode() == PRECONDITION_FAILED || e.getStatusCode() == CONFLICT;
      }
      client.deleteObject(name, probe);
    } catch (SdkBaseException e) {
      throw translated("put", probe, e);
    }
    if (!refused) {
      throw StoreErrors.noConditionalPut(name);
    }
    refusesToOverwrite = true;
  }

  private static PutObjectRequest ifAbsent(PutObjectRequest request) {
    request.putCustomRequestHeader("If-None-Match", "*");
    return request;
  }

  private PutObjectRequest request(String key, byte[] content, String writer) {
    ObjectMetadata metadata = new ObjectMetadata();
    metadata.setContentLength(content.length);
    metadata.setContentType("application/json");
    if (!writer.isEmpty()) {
      metadata.addUserMetadata(WRITER, writer);
    }
    PutObjectRequest request =
        new PutObjectRequest(name, key, new ByteArrayInputStream(content), metadata);
    // The stream is read again when the SDK repeats the request.
    request.getRequestClientOptions().setReadLimit(content.length + 1);
    switch (settings.encryption) {
      case "AES256" -> metadata.setSSEAlgorithm(ObjectMetadata.AES_256_SERVER_SIDE_ENCRYPTION);
      case "SSE-KMS" ->
          request.setSSEAwsKeyManagementParams(
              settings.encryptionKey.isEmpty()
                  ? new SSEAwsKeyManagementParams()
                  : new SSEAwsKeyManagementParams(settings.encryptionKey));
      default -> {
        // The bucket's own.
      }
    }
    return request;
  }

  byte[] get(String key) throws IOException {
    try (S3Object object = client.getObject(name, key)) {
      return object.getObjectContent().readAllBytes();
    } catch (SdkBaseException e) {
      throw translated("get", key, e);
    }
  }

  /**
   * Objects of a folder, by name, without those in folders below it.
   *
   * @param folder with a slash at its end
   * @param after a name in the folder; those that are not greater are left out
   * @param most at most about so many are wanted
   */
  List<S3ObjectSummary> list(String folder, String after, int most) throws IOException {
    ListObjectsV2Request request =
        new ListObjectsV2Request()
            .withBucketName(name)
            .withPrefix(folder)
            .withDelimiter("/")
            .withStartAfter(folder + after)
            .withMaxKeys(Math.min(most, 1000));
    List<S3ObjectSummary> found = new ArrayList<>();
    try {
      ListObjectsV2Result page;
      do {
        page = client.listObjectsV2(request);
        found.addAll(page.getObjectSummaries());
        request.setContinuationToken(page.getNextContinuationToken());
      } while (page.isTruncated() && found.size() < most);
      return found;
    } catch (SdkBaseException e) {
      throw translated("list", folder, e);
    }
  }

  private IOException translated(String what, String key, SdkBaseException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof NoAuthWithAWSException) {
        throw StoreErrors.noCredentials(SCHEME + "://" + name, cause);
      }
    }
    return S3AUtils.translateException(what, SCHEME + "://" + name + "/" + key, e);
  }

  private static int status(SdkBaseException e) {
    return e instanceof AmazonServiceException answered ? answered.getStatusCode() : -1;
  }

  private static void pause(int attempt) throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(20L << attempt);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a commit waited for another", e);
    }
  }

  @Override
  public String toString() {
    return SCHEME + "://" + name;
  }
}
