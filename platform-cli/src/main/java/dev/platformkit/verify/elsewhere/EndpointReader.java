package dev.platformkit.verify.elsewhere;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.platformkit.backend.Access;
import dev.platformkit.problem.Problem;
import dev.platformkit.source.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Reads how one server of a target file is reached; see {@link TargetReader} for the YAML. */
final class EndpointReader {
  private static final List<String> COMMON =
      List.of("url", "ca", "bearer_token_file", "bearer_token_env", "basic_auth", "headers");
  private static final List<String> INLINE =
      List.of("bearer_token", "token", "password", "api_key", "secret");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern SENSITIVE =
      Pattern.compile(".*(auth|token|secret|password|api-?key|cookie|credential).*");

  private final Secrets secrets;

  EndpointReader(Secrets secrets) {
    this.secrets = requireNonNull(secrets, "secrets is null");
  }

  /** A service, to which journeys write as its users do. */
  Endpoint service(Node.Mapping.Entry entry) {
    return endpoint(entry, List.of(), Access.plain());
  }

  /** A backend, which is only read. */
  Endpoint backend(TargetBackend backend, Node.Mapping.Entry entry) {
    List<String> own =
        switch (backend) {
          case ELASTICSEARCH -> List.of("index", "api_key_file", "api_key_env");
          case CONSUL -> List.of("token_file", "token_env", "services");
          case JAEGER, PROMETHEUS, ALERTMANAGER -> List.of();
        };
    return endpoint(entry, own, Access.plain().readOnly());
  }

  private Endpoint endpoint(Node.Mapping.Entry entry, List<String> own, Access access) {
    Node.Mapping map = entry.value().asMapping();
    List<String> known = new ArrayList<>(COMMON);
    known.addAll(own);
    refuseSecrets(map, known);
    map.allowOnly(known);
    String url = url(map.require("url"));
    Access with = access;
    StringBuilder curl = new StringBuilder();
    Optional<Node> ca = map.get("ca");
    if (ca.isPresent()) {
      Path file = secrets.path(ca.get());
      with = with.trusting(certificates(ca.get(), file));
      curl.append(" --cacert ").append(Secrets.shown(file));
    }
    for (Header header : headers(map)) {
      with = with.header(header.name(), header.value());
      curl.append(' ').append(header.option());
    }
    return new Endpoint(entry.key(), entry.position(), url, with, curl.toString());
  }

  /**
   * A header.
   *
   * @param option how curl is told to send it, without the secret
   */
  private record Header(String name, String value, String option) {
    @Override
    public String toString() {
      return option;
    }
  }

  private List<Header> headers(Node.Mapping map) {
    List<Header> headers = new ArrayList<>();
    secret(map, "bearer_token").ifPresent(s -> headers.add(header("Authorization", "Bearer ", s)));
    secret(map, "api_key").ifPresent(s -> headers.add(header("Authorization", "ApiKey ", s)));
    map.get("basic_auth").ifPresent(basic -> headers.add(basic(basic.asMapping())));
    if (headers.size() > 1) {
      throw Problem.usage(map.position() + "  only one of bearer_token, basic_auth and api_key");
    }
    secret(map, "token").ifPresent(s -> headers.add(header("X-Consul-Token", "", s)));
    for (Node.Mapping.Entry entry :
        map.get("headers").map(h -> h.asMapping().entries()).orElse(List.of())) {
      headers.add(header(entry));
    }
    return headers;
  }

  private static Header header(String name, String scheme, Secrets.Secret secret) {
    return new Header(
        name, scheme + secret.value(), "-H \"%s: %s%s\"".formatted(name, scheme, secret.command()));
  }

  private Header basic(Node.Mapping basic) {
    refuseSecrets(basic, List.of("username", "password_file", "password_env"));
    basic.allowOnly(List.of("username", "password_file", "password_env"));
    Node name = basic.require("username");
    if (name.asText().contains(":")) {
      throw name.unexpected("a name without a colon");
    }
    Secrets.Secret password =
        secret(basic, "password")
            .orElseThrow(
                () ->
                    Problem.usage(basic.position() + "  password_file or password_env is missing"));
    String pair = name.asText() + ":" + password.value();
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    secrets.alsoSecret(encoded);
    return new Header(
        "Authorization",
        "Basic " + encoded,
        "-u \"%s:%s\"".formatted(name.asText(), password.command()));
  }

  private Header header(Node.Mapping.Entry entry) {
    String name = entry.key();
    if (!HEADER.matcher(name).matches()) {
      throw Problem.usage(entry.position() + "  not the name of a header: \"" + name + "\"");
    }
    if (entry.value() instanceof Node.Mapping map) {
      map.allowOnly(List.of("file", "env"));
      Secrets.Secret secret =
          map.get("file")
              .map(secrets::inFile)
              .or(() -> map.get("env").map(secrets::inEnvironment))
              .orElseThrow(() -> Problem.usage(map.position() + "  file or env is missing"));
      return header(name, "", secret);
    }
    if (SENSITIVE.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
      throw Problem.usage(entry.position() + "  a secret never stands in a target file itself")
          .detail("write " + name + ": { file: FILE } or { env: VARIABLE }");
    }
    String value = entry.value().asText();
    if (!value.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
      throw entry.value().unexpected("one line of printable ASCII");
    }
    return new Header(name, value, "-H \"%s: %s\"".formatted(name, value.replace("\"", "\\\"")));
  }

  private Optional<Secrets.Secret> secret(Node.Mapping map, String key) {
    Optional<Node> file = map.get(key + "_file");
    Optional<Node> variable = map.get(key + "_env");
    if (file.isPresent() && variable.isPresent()) {
      throw Problem.usage(map.position() + "  only one of " + key + "_file and " + key + "_env");
    }
    return file.map(secrets::inFile).or(() -> variable.map(secrets::inEnvironment));
  }

  /** Somebody who writes a secret here has to be told what to do, not that a key is unknown. */
  private static void refuseSecrets(Node.Mapping map, List<String> known) {
    for (Node.Mapping.Entry entry : map.entries()) {
      String key = entry.key();
      if (INLINE.contains(key)) {
        Problem problem =
            Problem.usage(entry.position() + "  a secret never stands in a target file itself");
        throw known.contains(key + "_file")
            ? problem.detail("write " + key + "_file: FILE or " + key + "_env: VARIABLE")
            : problem.detail("known here: " + String.join(", ", known));
      }
    }
  }

  private static String url(Node node) {
    if (node.asText().contains("@")) {
      throw Problem.usage(node.position() + "  a URL with a user in it; write basic_auth instead");
    }
    HttpUrl url = HttpUrl.parse(node.asText());
    if (url == null) {
      throw node.unexpected("a URL of http or https");
    }
    if (url.query() != null || url.fragment() != null) {
      throw Problem.usage(node.position() + "  a base URL has no ? and no #");
    }
    return url.toString().endsWith("/") ? url.toString() : url + "/";
  }

  private static List<X509Certificate> certificates(Node node, Path file) {
    List<X509Certificate> found = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      CertificateFactory.getInstance("X.509")
          .generateCertificates(in)
          .forEach(certificate -> found.add((X509Certificate) certificate));
    } catch (IOException e) {
      String why = e instanceof NoSuchFileException ? "there is no such file" : e.toString();
      throw Problem.usage(node.position() + "  cannot read " + Secrets.shown(file) + ": " + why)
          .causedBy(e);
    } catch (CertificateException e) {
      throw Problem.usage(node.position() + "  not a certificate in PEM: " + Secrets.shown(file))
          .causedBy(e);
    }
    if (found.isEmpty()) {
      throw Problem.usage(node.position() + "  holds no certificate: " + Secrets.shown(file));
    }
    return found;
  }
}
