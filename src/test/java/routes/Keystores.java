package routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Keystores made by the JDK's {@code keytool}, and what a client needs to trust them. */
public final class Keystores {

  private static final String ALIAS = "server";

  private Keystores() {}

  /** Makes a keystore with a new key for {@code localhost}. */
  public static Path create(Path folder, String password) throws Exception {
    Path file = folder.resolve("server.p12");
    keytool(
        "-genkeypair",
        "-alias",
        ALIAS,
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "SAN=dns:localhost,ip:127.0.0.1",
        "-storetype",
        "PKCS12",
        "-keystore",
        file.toString(),
        "-storepass",
        password);
    return file;
  }

  /** Makes a keystore that holds the certificate of another one but no key. */
  public static Path withoutKey(Path folder, Path other, String password) throws Exception {
    Path certificate = exportCertificate(other, password);
    Path file = folder.resolve("no-key.p12");
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        ALIAS,
        "-file",
        certificate.toString(),
        "-keystore",
        file.toString(),
        "-storepass",
        password);
    return file;
  }

  /** What trusts the certificate of a keystore and nothing else. */
  public static SSLContext trusting(Path keystore, String password) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry(ALIAS, certificate(exportCertificate(keystore, password)));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static Path exportCertificate(Path keystore, String password) throws Exception {
    Path file = keystore.resolveSibling("server.pem");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        ALIAS,
        "-file",
        file.toString(),
        "-keystore",
        keystore.toString(),
        "-storepass",
        password);
    return file;
  }

  private static Certificate certificate(Path pem) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(pem)) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder keytool =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    keytool.command().addAll(List.of(arguments));
    Process process = keytool.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError("keytool failed: " + output);
    }
  }
}
