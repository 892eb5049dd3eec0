package dev.larder.io.delta.store;

import com.amazonaws.auth.AWSCredentials;
import com.amazonaws.auth.AWSCredentialsProvider;
import com.amazonaws.auth.BasicAWSCredentials;
import com.amazonaws.auth.BasicSessionCredentials;
import dev.larder.io.changes.SecretRef;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;

/**
 * Credentials for S3 by reference: {@code fs.s3a.access.key} (as it is, or a reference), {@code
 * fs.s3a.secret.key} and, for temporary ones, {@code fs.s3a.session.token} (references: {@code
 * env:NAME}, {@code file:PATH}). They are looked up for each request, so that a file may be
 * replaced by one with new credentials while Larder runs, and never kept. Public because Hadoop
 * makes it by name.
 */
public final class ReferencedS3Credentials implements AWSCredentialsProvider {
  private final String accessKey;
  private final SecretRef secretKey;
  private final SecretRef sessionToken;

  public ReferencedS3Credentials(URI bucket, Configuration settings) {
    this.accessKey = settings.getTrimmed(StoreSettings.ACCESS_KEY, "");
    this.secretKey = SecretRef.parse(settings.getTrimmed(StoreSettings.SECRET_KEY, ""));
    String token = settings.getTrimmed(StoreSettings.SESSION_TOKEN, "");
    this.sessionToken = token.isEmpty() ? null : SecretRef.parse(token);
  }

  @Override
  public AWSCredentials getCredentials() {
    String id =
        accessKey.startsWith("env:") || accessKey.startsWith("file:")
            ? SecretRef.parse(accessKey).resolve()
            : accessKey;
    return sessionToken == null
        ? new BasicAWSCredentials(id, secretKey.resolve())
        : new BasicSessionCredentials(id, secretKey.resolve(), sessionToken.resolve());
  }

  @Override
  public void refresh() {
    // Nothing is kept.
  }

  /** The references. */
  @Override
  public String toString() {
    return "credentials by " + secretKey;
  }
}
