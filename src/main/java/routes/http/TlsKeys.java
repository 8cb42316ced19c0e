package routes.http;

import io.vertx.core.net.KeyCertOptions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509KeyManager;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;

/** The keys of the HTTP servers in the forms that Camel, Vert.x and clients of our own take. */
public final class TlsKeys {

  private static final char[] NO_PASSWORD = {};

  private TlsKeys() {}

  /**
   * Reads the keystore for Camel.
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

  /**
   * Reads the keystore for a server that Camel does not start.
   *
   * @throws routes.settings.SettingsException when it cannot be used
   */
  public static KeyCertOptions forVertx(TlsSettings tls) throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(tls.open(), tls.password().text().toCharArray());
    return KeyCertOptions.wrap((X509KeyManager) keys.getKeyManagers()[0]);
  }

  /**
   * What lets a client in this process trust its own server, and nobody else.
   *
   * @throws routes.settings.SettingsException when the keystore cannot be used
   */
  public static SSLContext trustingOurselves(TlsSettings tls) throws GeneralSecurityException {
    KeyStore store = tls.open();
    Set<X509Certificate> own = new HashSet<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate mine) {
        own.add(mine);
      }
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new OwnCertificates(own)}, null);
    return context;
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
