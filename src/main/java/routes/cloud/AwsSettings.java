package routes.cloud;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import routes.settings.Cloud;
import routes.settings.Role;
import routes.settings.SettingsReader;
import routes.settings.Value;

/**
 * Where AWS is and how it is spoken to. Credentials are not here: the AWS SDK's default chain finds
 * them.
 *
 * @param endpointUrl of an emulator; empty on the embedded cloud, whose port is known once it runs,
 *     and for AWS itself
 */
public record AwsSettings(
    Cloud cloud,
    Optional<URI> endpointUrl,
    String region,
    boolean forcePathStyle,
    boolean createResources) {

  private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,63}");

  /** Reads them. */
  public static AwsSettings from(SettingsReader reader, Role role) {
    Cloud cloud = Cloud.from(reader, role);
    boolean embedded = cloud == Cloud.EMBEDDED;
    Value endpoint = reader.value("aws.endpoint-url");
    Optional<URI> endpointUrl = (embedded ? endpoint.unset() : endpoint).ifSet(Value::url);
    boolean emulated = embedded || endpointUrl.isPresent();
    return new AwsSettings(
        cloud,
        endpointUrl,
        reader.value("aws.region").matching(REGION, "a region such as us-east-1"),
        reader.value("aws.force-path-style").orElse(Boolean.toString(emulated)).flag(),
        reader.value("aws.create-resources").orElse(Boolean.toString(embedded)).flag());
  }
}
