package routes.settings;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.Optional;

/**
 * The key and certificate of the HTTP servers.
 *
 * @param keystore a PKCS #12 or JKS file
 * @param password of the file and of the key in it
 */
public record TlsSettings(Path keystore, Secret password) {

  static Optional<TlsSettings> from(SettingsFile file) {
    Value keystore = file.value("tls.keystore");
    Value password = file.value("tls.keystore-password");
    if (keystore.isSet() != password.isSet()) {
      throw new SettingsException(
          "TLS_KEYSTORE and TLS_KEYSTORE_PASSWORD: only "
              + (keystore.isSet() ? keystore.variable() : password.variable())
              + " is set; TLS needs both, plain HTTP neither");
    }
    return keystore.isSet()
        ? Optional.of(new TlsSettings(keystore.path(), password.secret()))
        : Optional.empty();
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
    return new Value("TLS_KEYSTORE", keystore.toString())
        .refused(
            "cannot be used (%s); must be a PKCS #12 or JKS file with a private key, both opened by TLS_KEYSTORE_PASSWORD"
                .formatted(reason));
  }
}
