package dev.platformkit.shop.user;

import static dev.platformkit.kit.grpc.Unary.answer;

import com.google.protobuf.Timestamp;
import dev.platformkit.kit.auth.Caller;
import dev.platformkit.kit.contract.Refusal;
import dev.platformkit.shop.user.Accounts.Account;
import dev.platformkit.shop.user.RefreshTokens.Traded;
import dev.platformkit.shop.user.v1.ChangePasswordRequest;
import dev.platformkit.shop.user.v1.ChangePasswordResponse;
import dev.platformkit.shop.user.v1.GetKeysRequest;
import dev.platformkit.shop.user.v1.GetProfileRequest;
import dev.platformkit.shop.user.v1.KeySet;
import dev.platformkit.shop.user.v1.ListUsersRequest;
import dev.platformkit.shop.user.v1.ListUsersResponse;
import dev.platformkit.shop.user.v1.LogInRequest;
import dev.platformkit.shop.user.v1.LogOutRequest;
import dev.platformkit.shop.user.v1.LogOutResponse;
import dev.platformkit.shop.user.v1.RefreshRequest;
import dev.platformkit.shop.user.v1.RegisterRequest;
import dev.platformkit.shop.user.v1.Role;
import dev.platformkit.shop.user.v1.RotateKeysRequest;
import dev.platformkit.shop.user.v1.RotateKeysResponse;
import dev.platformkit.shop.user.v1.Session;
import dev.platformkit.shop.user.v1.SetRoleRequest;
import dev.platformkit.shop.user.v1.UpdateProfileRequest;
import dev.platformkit.shop.user.v1.User;
import dev.platformkit.shop.user.v1.UserServiceGrpc;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The user service as its contract has it. */
final class Users extends UserServiceGrpc.UserServiceImplBase {
  private static final Duration SESSION = Duration.ofDays(7);
  private static final int DEFAULT_PAGE = 20;

  private final Accounts accounts;
  private final LogIns logIns;
  private final RefreshTokens refreshTokens;
  private final SigningKeys keys;
  private final UserMetrics metrics;
  private final Clock clock;

  Users(
      Accounts accounts,
      LogIns logIns,
      RefreshTokens refreshTokens,
      SigningKeys keys,
      UserMetrics metrics,
      Clock clock) {
    this.accounts = accounts;
    this.logIns = logIns;
    this.refreshTokens = refreshTokens;
    this.keys = keys;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public void register(RegisterRequest request, StreamObserver<User> answer) {
    Account account =
        accounts
            .register(request.getName(), logIns.hash(request.getPassword()))
            .orElseThrow(
                () ->
                    Refusal.because(
                            Code.ALREADY_EXISTS,
                            "NAME_TAKEN",
                            "the name is taken: " + request.getName())
                        .asException());
    metrics.registered();
    answer(answer, user(account));
  }

  @Override
  public void logIn(LogInRequest request, StreamObserver<Session> answer) {
    Account account = logIns.whose(request.getName(), request.getPassword());
    String refresh = TokenHash.newToken();
    Instant now = clock.instant();
    if (!refreshTokens.begin(TokenHash.of(refresh), account, now.plus(SESSION), now)) {
      throw LogIns.wrong();
    }
    answer(answer, session(account, refresh, now));
  }

  @Override
  public void refresh(RefreshRequest request, StreamObserver<Session> answer) {
    String next = TokenHash.newToken();
    Instant now = clock.instant();
    Traded traded =
        refreshTokens.trade(
            TokenHash.of(request.getRefreshToken()), TokenHash.of(next), now.plus(SESSION), now);
    metrics.refresh(
        switch (traded.result()) {
          case DONE -> "ok";
          case UNKNOWN -> "ended";
          case USED_TWICE -> "used_twice";
        });
    Account account = traded.accountId().flatMap(accounts::find).orElseThrow(Users::sessionEnded);
    answer(answer, session(account, next, now));
  }

  @Override
  public void logOut(LogOutRequest request, StreamObserver<LogOutResponse> answer) {
    refreshTokens.end(TokenHash.of(request.getRefreshToken()));
    answer(answer, LogOutResponse.getDefaultInstance());
  }

  @Override
  public void getProfile(GetProfileRequest request, StreamObserver<User> answer) {
    answer(answer, user(self()));
  }

  @Override
  public void updateProfile(UpdateProfileRequest request, StreamObserver<User> answer) {
    // The database takes no NUL, and nobody's name has one of the others.
    if (request.getDisplayName().chars().anyMatch(Character::isISOControl)) {
      throw Refusal.invalid("display_name", "must not have control characters").asException();
    }
    Account self = self();
    answer(
        answer,
        user(
            request.hasDisplayName()
                ? accounts
                    .rename(self.id(), request.getDisplayName().strip())
                    .orElseThrow(Users::sessionEnded)
                : self));
  }

  @Override
  public void changePassword(
      ChangePasswordRequest request, StreamObserver<ChangePasswordResponse> answer) {
    Account self = logIns.whose(self().name(), request.getOldPassword());
    accounts.setPassword(self.id(), logIns.hash(request.getNewPassword()));
    answer(answer, ChangePasswordResponse.getDefaultInstance());
  }

  @Override
  public void listUsers(ListUsersRequest request, StreamObserver<ListUsersResponse> answer) {
    int size = request.getPageSize() == 0 ? DEFAULT_PAGE : request.getPageSize();
    if (!request.getPageToken().isEmpty() && !AccountStore.possible(request.getPageToken())) {
      throw Refusal.invalid("page_token", "is none that was handed out").asException();
    }
    // One more than asked for tells whether there is a next page.
    List<Account> found = accounts.after(request.getPageToken(), size + 1);
    ListUsersResponse.Builder page = ListUsersResponse.newBuilder();
    found.stream().limit(size).map(Users::user).forEach(page::addUsers);
    if (found.size() > size) {
      page.setNextPageToken(found.get(size - 1).id());
    }
    answer(answer, page.build());
  }

  @Override
  public void setRole(SetRoleRequest request, StreamObserver<User> answer) {
    answer(
        answer,
        user(
            accounts
                .give(request.getUserId(), request.getRole() == Role.ROLE_ADMIN)
                .orElseThrow(
                    () ->
                        Refusal.because(
                                Code.NOT_FOUND,
                                "UNKNOWN_USER",
                                "there is no user " + request.getUserId())
                            .asException())));
  }

  @Override
  public void rotateKeys(RotateKeysRequest request, StreamObserver<RotateKeysResponse> answer) {
    answer(answer, RotateKeysResponse.newBuilder().setKeyId(keys.rotate()).build());
  }

  @Override
  public void getKeys(GetKeysRequest request, StreamObserver<KeySet> answer) {
    answer(answer, KeySet.newBuilder().addAllKeys(keys.published()).build());
  }

  private Account self() {
    return accounts.find(Caller.signedIn().id()).orElseThrow(Users::sessionEnded);
  }

  private Session session(Account account, String refresh, Instant now) {
    return Session.newBuilder()
        .setToken(keys.token(account, now))
        .setUserId(account.id())
        .setExpiresAt(timestamp(now.plus(SigningKeys.GOOD_FOR)))
        .setRefreshToken(refresh)
        .build();
  }

  private static User user(Account account) {
    return User.newBuilder()
        .setId(account.id())
        .setName(account.name())
        .setDisplayName(account.displayName())
        .setRole(account.admin() ? Role.ROLE_ADMIN : Role.ROLE_CUSTOMER)
        .setCreatedAt(timestamp(account.created()))
        .build();
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  private static StatusRuntimeException sessionEnded() {
    return Refusal.because(
            Code.UNAUTHENTICATED, "SESSION_ENDED", "the session has ended; log in again")
        .asException();
  }
}
