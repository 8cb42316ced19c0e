package routes.http;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.Optional;
import routes.settings.Secret;
import routes.settings.SettingsException;
import routes.settings.SettingsReader;
import routes.settings.Value;

/**
 * The key and certificate of the HTTP servers.
 *
 * @param keystore a PKCS #12 or JKS file
 * @param password of the file and of the key in it
 */
public record TlsSettings(Path keystore, Secret password) {

  /** Reads them. */
  public static Optional<TlsSettings> from(SettingsReader reader) {
    Value keystore = reader.value("tls.keystore");
    Value password = reader.value("tls.keystore-password");
    if (keystore.isSet() != password.isSet()) {
      throw new SettingsException(
          "TLS_KEYSTORE and TLS_KEYSTORE_PASSWORD: only "
              + (keystore.isSet() ? keystore.variable() : password.variable())
              + " is set; TLS needs both, plain HTTP neither");
    }
    return keystore.ifSet(Value::path).map(path -> new TlsSettings(path, password.secret()));
  }

  /**
   * Opens the keystore.
   *
   * @throws SettingsException when it cannot be read or has no private key, or the password is not
   *     that of both
   */
  public KeyStore open() {
    char[] secret = password.text().toCharArray();
    try {
      KeyStore store = KeyStore.getInstance(keystore.toFile(), secret);
      boolean hasKey = false;
      for (String alias : Collections.list(store.aliases())) {
        hasKey |= store.getKey(alias, secret) != null;
      }
      if (hasKey) {
        return store;
      }
      throw refused("it has no private key");
    } catch (IOException | GeneralSecurityException | IllegalArgumentException failure) {
      throw refused(String.valueOf(failure.getMessage()));
    }
  }

  private SettingsException refused(String reason) {
    return new SettingsException(
        "TLS_KEYSTORE=%s: cannot be used (%s); must be a PKCS #12 or JKS file with a private key, both opened by TLS_KEYSTORE_PASSWORD"
            .formatted(keystore, reason));
  }
}
