package dev.platformkit.shop.user;

import com.google.protobuf.Timestamp;
import dev.platformkit.shop.user.Accounts.Account;
import dev.platformkit.shop.user.Accounts.Session;
import dev.platformkit.shop.user.v1.AuthenticateRequest;
import dev.platformkit.shop.user.v1.AuthenticateResponse;
import dev.platformkit.shop.user.v1.LogInRequest;
import dev.platformkit.shop.user.v1.LogInResponse;
import dev.platformkit.shop.user.v1.RegisterRequest;
import dev.platformkit.shop.user.v1.RegisterResponse;
import dev.platformkit.shop.user.v1.UserServiceGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** The user service as its contract has it. */
final class Users extends UserServiceGrpc.UserServiceImplBase {
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._-]{1,64}");
  private static final int SHORTEST_PASSWORD = 8;
  private static final int LONGEST_PASSWORD = 256;
  private static final Duration SESSION = Duration.ofHours(12);

  private final Accounts accounts;
  private final Passwords passwords;
  private final Clock clock;

  Users(Accounts accounts, Passwords passwords, Clock clock) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.clock = clock;
  }

  @Override
  public void register(RegisterRequest request, StreamObserver<RegisterResponse> answer) {
    String name = request.getName();
    if (!NAME.matcher(name).matches()) {
      throw invalid("name must be 1 to 64 letters, digits and . _ -");
    }
    int length = request.getPassword().length();
    if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) {
      throw invalid(
          "password must have %d to %d characters".formatted(SHORTEST_PASSWORD, LONGEST_PASSWORD));
    }
    Account account =
        accounts
            .register(name, passwords.hash(request.getPassword()))
            .orElseThrow(
                () ->
                    Status.ALREADY_EXISTS
                        .withDescription("the name is taken: " + name)
                        .asRuntimeException());
    answer.onNext(
        RegisterResponse.newBuilder().setUserId(account.id()).setName(account.name()).build());
    answer.onCompleted();
  }

  @Override
  public void logIn(LogInRequest request, StreamObserver<LogInResponse> answer) {
    Account account =
        whose(request)
            .orElseThrow(() -> unauthenticated("name and password do not belong together"));
    String token = TokenHash.newToken();
    Instant now = clock.instant();
    Instant expires = now.plus(SESSION);
    accounts.open(new Session(TokenHash.of(token), account.id(), expires), now);
    answer.onNext(
        LogInResponse.newBuilder()
            .setToken(token)
            .setUserId(account.id())
            .setExpiresAt(Timestamp.newBuilder().setSeconds(expires.getEpochSecond()))
            .build());
    answer.onCompleted();
  }

  @Override
  public void authenticate(
      AuthenticateRequest request, StreamObserver<AuthenticateResponse> answer) {
    Account account =
        accounts
            .of(TokenHash.of(request.getToken()), clock.instant())
            .orElseThrow(() -> unauthenticated("the session is unknown or has expired"));
    answer.onNext(
        AuthenticateResponse.newBuilder().setUserId(account.id()).setName(account.name()).build());
    answer.onCompleted();
  }

  private Optional<Account> whose(LogInRequest request) {
    if (request.getPassword().length() > LONGEST_PASSWORD) {
      return Optional.empty();
    }
    Optional<Account> account =
        NAME.matcher(request.getName()).matches()
            ? accounts.named(request.getName())
            : Optional.empty();
    if (account.isEmpty()) {
      passwords.matchNobody(request.getPassword());
    }
    return account.filter(a -> passwords.matches(request.getPassword(), a.passwordHash()));
  }

  private static StatusRuntimeException invalid(String what) {
    return Status.INVALID_ARGUMENT.withDescription(what).asRuntimeException();
  }

  private static StatusRuntimeException unauthenticated(String what) {
    return Status.UNAUTHENTICATED.withDescription(what).asRuntimeException();
  }
}
