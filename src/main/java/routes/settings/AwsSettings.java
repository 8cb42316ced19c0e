package routes.settings;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

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

  static AwsSettings from(SettingsFile file, Role role, Map<String, String> env) {
    Cloud cloud = Cloud.choose(file, role, env);
    boolean embedded = cloud == Cloud.EMBEDDED;
    Value endpoint = file.value("aws.endpoint-url");
    Optional<URI> endpointUrl =
        endpoint.isSet() && !embedded ? Optional.of(endpoint.url()) : Optional.empty();
    boolean emulated = embedded || endpointUrl.isPresent();
    return new AwsSettings(
        cloud,
        endpointUrl,
        file.value("aws.region").matching(REGION, "a region such as us-east-1"),
        file.value("aws.force-path-style").orElse(Boolean.toString(emulated)).flag(),
        file.value("aws.create-resources").orElse(Boolean.toString(embedded)).flag());
  }
}
