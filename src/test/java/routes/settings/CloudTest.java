package routes.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.Settings;
import routes.cloud.AwsSettings;

class CloudTest {

  @Test
  void an_endpoint_means_an_emulator_spoken_to_by_path_and_reached_from_other_machines() {
    Settings settings = Settings.load(Map.of("AWS_ENDPOINT_URL", "http://localhost:4566"));

    assertThat(settings.aws())
        .isEqualTo(
            new AwsSettings(
                Cloud.AWS,
                Optional.of(URI.create("http://localhost:4566")),
                "us-east-1",
                true,
                false));
    assertThat(settings.intake().http().host()).isEqualTo("0.0.0.0");
    assertThat(settings.dashboard().host()).isEqualTo("0.0.0.0");
    assertThat(settings.localCloud().host()).isEqualTo("127.0.0.1");
  }

  @Test
  void aws_itself_gets_host_style_buckets_and_nothing_created() {
    assertThat(Settings.load(Map.of("CLOUD", "aws")).aws())
        .isEqualTo(new AwsSettings(Cloud.AWS, Optional.empty(), "us-east-1", false, false));
  }

  @Test
  void embedded_on_request_leaves_the_endpoint_aside() {
    Map<String, String> env =
        Map.of("CLOUD", "embedded", "AWS_ENDPOINT_URL", "http://localhost:4566");

    assertThat(Settings.load(env).aws())
        .isEqualTo(new AwsSettings(Cloud.EMBEDDED, Optional.empty(), "us-east-1", true, true));
  }

  @Test
  void the_cloud_role_is_the_embedded_cloud_even_where_an_endpoint_is_set() {
    Map<String, String> env = Map.of("ROLE", "cloud", "AWS_ENDPOINT_URL", "http://localhost:4566");

    assertThat(Settings.load(env).aws().cloud()).isEqualTo(Cloud.EMBEDDED);
  }

  @Test
  void the_cloud_role_cannot_be_aws() {
    assertThatThrownBy(() -> Settings.load(Map.of("ROLE", "cloud", "CLOUD", "aws")))
        .isInstanceOf(SettingsException.class)
        .hasMessage("CLOUD=aws: must be embedded where ROLE=cloud, which runs the embedded cloud");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ECS_CONTAINER_METADATA_URI",
        "ECS_CONTAINER_METADATA_URI_V4",
        "KUBERNETES_SERVICE_HOST",
        "AWS_EXECUTION_ENV"
      })
  void on_a_cloud_runtime_the_cloud_must_be_named(String mark) {
    assertThatThrownBy(() -> Settings.load(Map.of(mark, "10.0.0.1")))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "CLOUD is not set on a cloud runtime ("
                + mark
                + " is set): set CLOUD=aws, or AWS_ENDPOINT_URL for an emulator, or"
                + " CLOUD=embedded to keep all logs on this machine's disk");

    assertThat(Settings.load(Map.of(mark, "10.0.0.1", "CLOUD", "aws")).aws().cloud())
        .isEqualTo(Cloud.AWS);
    assertThat(Settings.load(Map.of(mark, "10.0.0.1", "CLOUD", "embedded")).aws().cloud())
        .isEqualTo(Cloud.EMBEDDED);
    assertThat(
            Settings.load(Map.of(mark, "10.0.0.1", "AWS_ENDPOINT_URL", "http://floci:4566"))
                .aws()
                .cloud())
        .isEqualTo(Cloud.AWS);
  }

  @Test
  void credentials_on_a_laptop_do_not_change_anything() {
    Map<String, String> laptop = Map.of("AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "b");

    assertThat(Settings.load(laptop)).isEqualTo(Settings.load(Map.of()));
  }
}
