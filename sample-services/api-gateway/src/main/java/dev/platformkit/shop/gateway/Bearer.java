package dev.platformkit.shop.gateway;

import dev.platformkit.kit.Unavailable;
import dev.platformkit.kit.http.HttpProblem;
import dev.platformkit.kit.http.HttpRequest;
import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The access token that a request brings (RFC 6750), a JWT in its compact form. Of all that a
 * request says about who sends it, this is the only thing that travels on.
 */
final class Bearer {
  private static final Pattern FORM =
      Pattern.compile(
          "Bearer +([A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+)", Pattern.CASE_INSENSITIVE);

  private final Tokens tokens;

  Bearer(Tokens tokens) {
    this.tokens = tokens;
  }

  /**
   * The token to pass on. Where nobody has to be signed in, services take a bad one for none.
   *
   * @throws HttpProblem where somebody has to be, and is not
   */
  Optional<String> of(Binding binding, HttpRequest request) {
    Optional<String> header = request.header("Authorization");
    Optional<String> token = header.flatMap(Bearer::wellFormed);
    if (binding.needsUser()) {
      check(token.orElseThrow(() -> missing(header.isPresent())));
    }
    return token;
  }

  private void check(String token) {
    try {
      tokens.check(token);
    } catch (StatusRuntimeException e) {
      throw Refused.problem(e);
    } catch (Unavailable e) {
      throw HttpProblem.of(503, "access tokens cannot be checked at the moment").causedBy(e);
    }
  }

  private static Optional<String> wellFormed(String header) {
    Matcher matcher = FORM.matcher(header.strip());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static HttpProblem missing(boolean malformed) {
    return HttpProblem.of(401, "this needs the header Authorization: Bearer <access token>")
        .because(malformed ? "TOKEN_INVALID" : "NOT_SIGNED_IN")
        .header("WWW-Authenticate", malformed ? "Bearer error=\"invalid_token\"" : "Bearer");
  }
}
