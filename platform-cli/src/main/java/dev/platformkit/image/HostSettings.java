package dev.platformkit.image;

import static java.util.Objects.requireNonNull;

import dev.platformkit.engine.Executables;
import dev.platformkit.engine.Subprocess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a build inside the engine has to take over from this machine to reach what it is built of:
 * the certificates that are trusted here, the proxies, and where Go modules come from. It is passed
 * into builds and never into images.
 *
 * @param certificates the bundle of trusted certificates
 * @param arguments build arguments by name
 * @param ownNetwork whether a proxy listens on this machine alone, so that builds have to share its
 *     network
 */
record HostSettings(
    Optional<Path> certificates, Map<String, String> arguments, boolean ownNetwork) {
  private static final List<String> PROXIES =
      List.of("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY");
  private static final List<String> GO = List.of("GOPROXY", "GOSUMDB", "GONOSUMDB", "GOPRIVATE");
  private static final List<String> BUNDLE_VARIABLES = List.of("SSL_CERT_FILE", "CURL_CA_BUNDLE");
  private static final List<String> BUNDLES =
      List.of("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt");

  HostSettings {
    requireNonNull(certificates, "certificates is null");
    arguments = Map.copyOf(arguments);
  }

  /** The settings of this machine and this environment. */
  static HostSettings read(Map<String, String> environment) {
    return of(environment, goSettings(environment));
  }

  static HostSettings of(Map<String, String> environment, Map<String, String> go) {
    Map<String, String> arguments = new LinkedHashMap<>();
    boolean ownNetwork = false;
    for (String name : PROXIES) {
      for (String spelling : List.of(name, name.toLowerCase(java.util.Locale.ROOT))) {
        String value = environment.getOrDefault(spelling, "");
        if (!value.isEmpty()) {
          arguments.put(spelling, value);
          ownNetwork |= !name.equals("NO_PROXY") && isLoopback(value);
        }
      }
    }
    go.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            arguments.put(name, value);
          }
        });
    Optional<Path> certificates =
        Stream.concat(
                BUNDLE_VARIABLES.stream().map(name -> environment.getOrDefault(name, "")),
                BUNDLES.stream())
            .filter(file -> !file.isEmpty())
            .map(Path::of)
            .filter(Files::isRegularFile)
            .findFirst();
    return new HostSettings(certificates, arguments, ownNetwork);
  }

  /** As go itself has them, which may come from its own configuration file. */
  private static Map<String, String> goSettings(Map<String, String> environment) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (Executables.find("go").isPresent()) {
      List<String> command = new ArrayList<>(List.of("go", "env"));
      command.addAll(GO);
      Subprocess.Output output = Subprocess.of(command).run();
      List<String> values = List.of(output.out().split("\n", -1));
      if (output.good() && values.size() >= GO.size()) {
        for (int i = 0; i < GO.size(); i++) {
          settings.put(GO.get(i), values.get(i).strip());
        }
        return settings;
      }
    }
    GO.forEach(name -> settings.put(name, environment.getOrDefault(name, "")));
    return settings;
  }

  private static boolean isLoopback(String proxy) {
    try {
      String host = URI.create(proxy.contains("://") ? proxy : "http://" + proxy).getHost();
      return host != null
          && (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]"));
    } catch (IllegalArgumentException e) {
      return false; // not an address: whoever uses it will say so
    }
  }
}
