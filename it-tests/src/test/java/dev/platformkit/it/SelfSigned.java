package dev.platformkit.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for localhost that nobody trusts of himself, made by the JDK's own tool. */
final class SelfSigned {
  private static final String PASSWORD = "changeit";

  private final Path folder;

  SelfSigned(Path folder) {
    this.folder = folder;
    keytool(
        "-genkeypair",
        "-alias",
        "gate",
        "-keyalg",
        "EC",
        "-validity",
        "2",
        "-dname",
        "CN=localhost",
        "-ext",
        "SAN=dns:localhost,ip:127.0.0.1");
    keytool("-exportcert", "-alias", "gate", "-rfc", "-file", certificate().toString());
  }

  /** The certificate, as a target file names it. */
  Path certificate() {
    return folder.resolve("ca.pem");
  }

  SSLContext context() {
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keys, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private void keytool(String... args) {
    String[] all = new String[args.length + 4];
    System.arraycopy(args, 0, all, 0, args.length);
    all[args.length] = "-keystore";
    all[args.length + 1] = folder.resolve("keys.p12").toString();
    all[args.length + 2] = "-storepass";
    all[args.length + 3] = PASSWORD;
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Cli.Result made = Cli.in(folder).program(tool, all);
    assertThat(made.exit()).as(made.toString()).isZero();
  }
}
