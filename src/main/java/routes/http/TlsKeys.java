package routes.http;

import java.security.KeyStore;
import java.util.Collections;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;

/** The keys of the HTTP servers in the form Camel takes. */
public final class TlsKeys {

  private static final char[] NO_PASSWORD = {};

  private TlsKeys() {}

  /**
   * Reads the keystore.
   *
   * @throws routes.settings.SettingsException when it cannot be used
   */
  public static SSLContextParameters read(TlsSettings tls) throws Exception {
    KeyStoreParameters keyStore = new KeyStoreParameters();
    keyStore.setKeyStore(withoutPassword(tls.open(), tls.password().text().toCharArray()));
    KeyManagersParameters keys = new KeyManagersParameters();
    keys.setKeyStore(keyStore);
    keys.setKeyPassword(new String(NO_PASSWORD));
    SSLContextParameters parameters = new SSLContextParameters();
    parameters.setKeyManagers(keys);
    return parameters;
  }

  /** Camel would take braces in the password for a placeholder and show them when it finds none. */
  private static KeyStore withoutPassword(KeyStore store, char[] password) throws Exception {
    KeyStore copy = KeyStore.getInstance("PKCS12");
    copy.load(null, null);
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        copy.setKeyEntry(
            alias, store.getKey(alias, password), NO_PASSWORD, store.getCertificateChain(alias));
      }
    }
    return copy;
  }
}
