package routes.http;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts our own certificates and no others, whatever host they are for: a process that calls
 * itself does so as {@code localhost}, which a certificate seldom names.
 */
final class OwnCertificates extends X509ExtendedTrustManager {

  private static final X509Certificate[] NONE = {};

  private final Set<X509Certificate> own;

  OwnCertificates(Set<X509Certificate> own) {
    this.own = Set.copyOf(own);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    if (!own.contains(chain[0])) {
      throw new CertificateException(
          "Not the certificate of TLS_KEYSTORE: %s".formatted(chain[0].getSubjectX500Principal()));
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("No client is trusted by its certificate");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return NONE;
  }
}
