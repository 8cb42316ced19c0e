package routes.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MisspellingsTest {

  @Test
  void a_name_that_is_almost_a_setting_is_told() {
    assertThat(SettingsReader.misspelled(List.of("INGEST_PROT", "FLUSH_MAX_RECORD", "INBOXDIR")))
        .containsExactly(
            "FLUSH_MAX_RECORD is no setting; is FLUSH_MAX_RECORDS meant?",
            "INBOXDIR is no setting; is INBOX_DIR meant?",
            "INGEST_PROT is no setting; is INGEST_PORT meant?");
  }

  @Test
  void a_name_that_is_the_beginning_of_a_setting_is_told() {
    assertThat(SettingsReader.misspelled(List.of("DEMO_LOGS", "KINESIS_STREAM")))
        .containsExactly(
            "DEMO_LOGS is no setting; is DEMO_LOGS_PER_SECOND meant?",
            "KINESIS_STREAM is no setting; is KINESIS_STREAM_NAME meant?");
  }

  @Test
  void settings_and_names_of_others_are_not() {
    assertThat(
            SettingsReader.misspelled(
                List.of(
                    "INGEST_PORT",
                    "AWS_DEFAULT_REGION",
                    "AWS_ENDPOINT_URL_S3",
                    "AWS_PROFILE",
                    "DASHBOARD",
                    "JAVA_TOOL_OPTIONS",
                    "RULE",
                    "HOSTNAME")))
        .isEmpty();
  }
}
