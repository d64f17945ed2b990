package dev.platformkit.shop.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.shop.user.v1.AuthenticateRequest;
import dev.platformkit.shop.user.v1.AuthenticateResponse;
import dev.platformkit.shop.user.v1.LogInRequest;
import dev.platformkit.shop.user.v1.LogInResponse;
import dev.platformkit.shop.user.v1.RegisterRequest;
import dev.platformkit.shop.user.v1.RegisterResponse;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UsersTest {
  private static final String PASSWORD = "correct horse";

  private final InMemory accounts = new InMemory();
  private final Time time = new Time();
  private final Users users = new Users(accounts, new Passwords(4), time);

  @Test
  void whoeverRegistersCanLogInAndIsKnownByTheToken() {
    String id = register("ann", PASSWORD).getUserId();

    LogInResponse session = logIn("ann", PASSWORD);

    assertThat(session.getUserId()).isEqualTo(id);
    assertThat(authenticate(session.getToken()).getUserId()).isEqualTo(id);
    assertThat(authenticate(session.getToken()).getName()).isEqualTo("ann");
  }

  @Test
  void aNameIsTakenOnceWhateverItsCase() {
    register("ann", PASSWORD);

    assertThatThrownBy(() -> register("ANN", PASSWORD))
        .hasMessage("ALREADY_EXISTS: the name is taken: ANN");
    assertThat(logIn("Ann", PASSWORD).getToken()).isNotEmpty();
  }

  @Test
  void namesAndPasswordsHaveRules() {
    for (String name : List.of("", " ", "a b", "a\0", "a/b", "x".repeat(65))) {
      assertThatThrownBy(() -> register(name, PASSWORD))
          .as(name)
          .hasMessageContaining("INVALID_ARGUMENT: name");
    }
    for (String password : List.of("", "1234567", "x".repeat(257))) {
      assertThatThrownBy(() -> register("ann", password))
          .as(password)
          .hasMessageContaining("INVALID_ARGUMENT: password");
    }
    assertThat(accounts.byName).isEmpty();
  }

  @Test
  void anAnswerDoesNotTellWhetherTheNameOrThePasswordIsWrong() {
    register("ann", PASSWORD);

    assertThatThrownBy(() -> logIn("ann", "wrong horse"))
        .hasMessage("UNAUTHENTICATED: name and password do not belong together");
    for (String nobody : List.of("bob", "", "\0")) {
      assertThatThrownBy(() -> logIn(nobody, PASSWORD))
          .hasMessage("UNAUTHENTICATED: name and password do not belong together");
    }
  }

  @Test
  void aTokenThatNobodyHandedOutIsUnknown() {
    for (String token : List.of("", "x", "\0", "x".repeat(10_000))) {
      assertThatThrownBy(() -> authenticate(token)).hasMessageContaining("UNAUTHENTICATED");
    }
  }

  @Test
  void aSessionEnds() {
    register("ann", PASSWORD);
    LogInResponse session = logIn("ann", PASSWORD);
    Instant expires = Instant.ofEpochSecond(session.getExpiresAt().getSeconds());

    time.now = expires.minusSeconds(1);
    assertThat(authenticate(session.getToken()).getName()).isEqualTo("ann");

    time.now = expires.plusSeconds(1);
    assertThatThrownBy(() -> authenticate(session.getToken()))
        .hasMessageContaining("UNAUTHENTICATED");
  }

  @Test
  void everySessionHasATokenOfItsOwnAndNoneIsKept() {
    register("ann", PASSWORD);

    String first = logIn("ann", PASSWORD).getToken();
    String second = logIn("ann", PASSWORD).getToken();

    assertThat(first).isNotEqualTo(second).hasSizeGreaterThanOrEqualTo(43);
    assertThat(accounts.sessions.keySet())
        .hasSize(2)
        .noneMatch(hash -> hash.hex().contains(first))
        .contains(TokenHash.of(first));
    assertThat(accounts.byName.get("ann").passwordHash()).doesNotContain(PASSWORD);
  }

  private RegisterResponse register(String name, String password) {
    Answer<RegisterResponse> answer = new Answer<>();
    users.register(
        RegisterRequest.newBuilder().setName(name).setPassword(password).build(), answer);
    return answer.value;
  }

  private LogInResponse logIn(String name, String password) {
    Answer<LogInResponse> answer = new Answer<>();
    users.logIn(LogInRequest.newBuilder().setName(name).setPassword(password).build(), answer);
    return answer.value;
  }

  private AuthenticateResponse authenticate(String token) {
    Answer<AuthenticateResponse> answer = new Answer<>();
    users.authenticate(AuthenticateRequest.newBuilder().setToken(token).build(), answer);
    return answer.value;
  }

  private static final class InMemory implements Accounts {
    private final Map<String, Account> byName = new HashMap<>();
    private final Map<TokenHash, Session> sessions = new HashMap<>();

    @Override
    public Optional<Account> register(String name, String passwordHash) {
      Account account = new Account("id-" + byName.size(), name, passwordHash);
      return byName.putIfAbsent(key(name), account) == null
          ? Optional.of(account)
          : Optional.empty();
    }

    @Override
    public Optional<Account> named(String name) {
      return Optional.ofNullable(byName.get(key(name)));
    }

    @Override
    public void open(Session session, Instant now) {
      sessions.put(session.token(), session);
    }

    @Override
    public Optional<Account> of(TokenHash token, Instant now) {
      return Optional.ofNullable(sessions.get(token))
          .filter(session -> session.expires().isAfter(now))
          .flatMap(
              session ->
                  byName.values().stream()
                      .filter(account -> account.id().equals(session.accountId()))
                      .findFirst());
    }

    private static String key(String name) {
      return name.toLowerCase(Locale.ROOT);
    }
  }

  private static final class Time extends Clock {
    private Instant now = Instant.EPOCH.plus(Duration.ofDays(20_000));

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private static final class Answer<T> implements StreamObserver<T> {
    private T value;

    @Override
    public void onNext(T value) {
      this.value = value;
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void onCompleted() {
      assertThat(value).isNotNull();
    }
  }
}
