package dev.platformkit.backend;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * What it takes to be let in by one server: whose certificates are trusted there, and what is sent
 * along with every call; and whether it may be asked for anything but what it holds. Says nothing
 * of its headers' values, which may be secrets. Immutable.
 */
public final class Access {
  private final Map<String, String> headers;
  private final List<X509Certificate> authorities;
  private final boolean readOnly;

  private Access(Map<String, String> headers, List<X509Certificate> authorities, boolean readOnly) {
    this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    this.authorities = List.copyOf(authorities);
    this.readOnly = readOnly;
  }

  /** No header, the system's certificates, everything allowed. */
  public static Access plain() {
    return new Access(Map.of(), List.of(), false);
  }

  /** With a header that every call has, unless it brings its own of that name. */
  public Access header(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(requireNonNull(name, "name is null"), requireNonNull(value, "value is null"));
    return new Access(all, authorities, readOnly);
  }

  /** Trusting these authorities, and no longer the system's. */
  public Access trusting(List<X509Certificate> only) {
    return new Access(headers, only, readOnly);
  }

  /** Never writing: a call that is neither a GET nor a search ends with an exception. */
  public Access readOnly() {
    return new Access(headers, authorities, true);
  }

  /** A client that shares another's connections and has this access. */
  public OkHttpClient on(OkHttpClient client) {
    OkHttpClient.Builder builder = client.newBuilder().addInterceptor(new Doorkeeper(this));
    if (!authorities.isEmpty()) {
      X509TrustManager trust = trust(authorities);
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {trust}, null);
        builder.sslSocketFactory(context.getSocketFactory(), trust);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java has TLS", e);
      }
    }
    return builder.build();
  }

  private static X509TrustManager trust(List<X509Certificate> authorities) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (X509Certificate authority : authorities) {
        store.setCertificateEntry("ca-" + store.size(), authority);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager found) {
          return found;
        }
      }
      throw new IllegalStateException("every Java can check X.509 certificates");
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("certificates that were read can be trusted", e);
    }
  }

  private record Doorkeeper(Access access) implements Interceptor {
    @Override
    public Response intercept(Chain chain) throws IOException {
      Request request = chain.request();
      if (access.readOnly && !reads(request)) {
        throw new IllegalStateException(
            "only to be read, but was to be sent " + request.method() + " " + request.url());
      }
      Request.Builder with = request.newBuilder();
      access.headers.forEach(
          (name, value) -> {
            if (request.header(name) == null) {
              with.header(name, value);
            }
          });
      return chain.proceed(with.build());
    }

    private static boolean reads(Request request) {
      return request.method().equals("GET")
          || (request.method().equals("POST") && request.url().encodedPath().endsWith("/_search"));
    }
  }
}
