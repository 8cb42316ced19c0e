package routes.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.Keystores;
import routes.Settings;
import routes.http.TlsSettings;

class TlsSettingsTest {

  private static final String PASSWORD = "s3cret-word";

  @TempDir Path folder;

  @Test
  void a_keystore_is_opened_with_its_password() throws Exception {
    Path keystore = Keystores.create(folder, PASSWORD);

    assertThat(new TlsSettings(keystore, new Secret(PASSWORD)).open().isKeyEntry("server"))
        .isTrue();
  }

  @Test
  void a_wrong_password_is_refused_without_showing_it() throws Exception {
    assertRefused(Keystores.create(folder, "another-one"), "password was incorrect");
  }

  @Test
  void a_missing_file_is_refused() {
    assertRefused(folder.resolve("absent.p12"), "File does not exist or it does not refer");
  }

  @Test
  void a_file_that_is_no_keystore_is_refused() throws Exception {
    assertRefused(Files.writeString(folder.resolve("server.pem"), "-----BEGIN"), "Unrecognized");
  }

  @Test
  void a_keystore_without_a_private_key_is_refused() throws Exception {
    Path other = Keystores.create(folder, PASSWORD);

    assertRefused(Keystores.withoutKey(folder, other, PASSWORD), "it has no private key");
  }

  @Test
  void one_setting_without_the_other_is_refused() {
    assertThatThrownBy(() -> Settings.load(Map.of("TLS_KEYSTORE", "/server.p12")))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "TLS_KEYSTORE and TLS_KEYSTORE_PASSWORD: only TLS_KEYSTORE is set; TLS needs both,"
                + " plain HTTP neither");
    assertThatThrownBy(() -> Settings.load(Map.of("TLS_KEYSTORE_PASSWORD", PASSWORD)))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("only TLS_KEYSTORE_PASSWORD is set")
        .hasMessageNotContaining(PASSWORD);
  }

  private static void assertRefused(Path keystore, String reason) {
    assertThatThrownBy(() -> new TlsSettings(keystore, new Secret(PASSWORD)).open())
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith("TLS_KEYSTORE=" + keystore + ": cannot be used (")
        .hasMessageContaining(reason)
        .hasMessageEndingWith(
            "must be a PKCS #12 or JKS file with a private key, both opened by TLS_KEYSTORE_PASSWORD")
        .hasMessageNotContaining(PASSWORD);
  }
}
