package dev.larder.io.delta.store;

import com.amazonaws.AmazonServiceException;
import com.amazonaws.SdkBaseException;
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
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

  private static final int UNKNOWN_USER = 401;
  private static final int DENIED = 403;
  static final int NOT_FOUND = 404;
  private static final Map<Settings, S3Bucket> OPEN = new ConcurrentHashMap<>();

  private final String name;
  private final AmazonS3 client;
  private final Settings settings;
  private final S3ConditionalPut conditional;

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
    this.conditional = new S3ConditionalPut(this, client, settings.isAws);
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
      client.putObject(request(key, content, Map.of()));
    } catch (SdkBaseException e) {
      throw translated("put", key, e);
    }
  }

  /**
   * Writes an object whose name is free.
   *
   * @throws java.nio.file.FileAlreadyExistsException if another call, anywhere, wrote the object
   * @throws IOException if it is not known whether the object was or will be written
   */
  void putIfAbsent(String key, byte[] content) throws IOException {
    conditional.put(key, content);
  }

  PutObjectRequest request(String key, byte[] content, Map<String, String> userMetadata) {
    ObjectMetadata metadata = new ObjectMetadata();
    metadata.setContentLength(content.length);
    metadata.setContentType("application/json");
    userMetadata.forEach(metadata::addUserMetadata);
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

  IOException translated(String what, String key, SdkBaseException e) {
    String place = address(key);
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof NoAuthWithAWSException) {
        throw StoreErrors.noCredentials(SCHEME + "://" + name, cause);
      }
    }
    String code = e instanceof AmazonServiceException answered ? answered.getErrorCode() : "";
    if ("NoSuchBucket".equals(code)) {
      throw StoreErrors.noSuchBucket(name, settings.endpoint, e);
    }
    if (status(e) == DENIED || status(e) == UNKNOWN_USER) {
      throw StoreErrors.refused(what, place, code, e);
    }
    if (status(e) == NOT_FOUND) {
      FileNotFoundException absent = new FileNotFoundException(place);
      absent.initCause(e);
      return absent;
    }
    return new IOException(what + " " + place + ": " + e.getMessage(), e);
  }

  static int status(SdkBaseException e) {
    return e instanceof AmazonServiceException answered ? answered.getStatusCode() : -1;
  }

  String name() {
    return name;
  }

  String address(String key) {
    return SCHEME + "://" + name + "/" + key;
  }

  @Override
  public String toString() {
    return SCHEME + "://" + name;
  }
}
