package dev.platformkit.shop.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.platformkit.kit.auth.AccessTokens;
import dev.platformkit.kit.auth.Caller;
import dev.platformkit.shop.user.v1.ChangePasswordRequest;
import dev.platformkit.shop.user.v1.ChangePasswordResponse;
import dev.platformkit.shop.user.v1.LogInRequest;
import dev.platformkit.shop.user.v1.RegisterRequest;
import dev.platformkit.shop.user.v1.Session;
import dev.platformkit.shop.user.v1.User;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import io.prometheus.client.CollectorRegistry;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A user service, and those who ask it. */
class UsersFixture {
  static final String PASSWORD = "correct horse";

  final UsersInMemory kept = new UsersInMemory();
  final SetClock clock = new SetClock();
  final CollectorRegistry registry = new CollectorRegistry();
  final UserMetrics metrics = new UserMetrics("user", registry);
  final SigningKeys keys = new SigningKeys(kept, clock);
  final AccessTokens tokens = new AccessTokens(keys, clock);
  final Turns turns = new Turns(1, 0);
  final Users users =
      new Users(
          kept,
          new LogIns(kept, new Passwords(4), turns, kept, metrics, clock),
          kept,
          keys,
          metrics,
          clock);

  User register(String name) {
    return answer(
        to ->
            users.register(
                RegisterRequest.newBuilder().setName(name).setPassword(PASSWORD).build(), to));
  }

  Session logIn(String name, String password) {
    return answer(
        to ->
            users.logIn(LogInRequest.newBuilder().setName(name).setPassword(password).build(), to));
  }

  /** Asks as the user whose access token this is. */
  <T> T as(Session session, Consumer<StreamObserver<T>> call) {
    Caller caller = new Caller("gateway", Optional.of(tokens.check(session.getToken())));
    Context context = Context.current().withValue(Caller.CURRENT, caller);
    Context before = context.attach();
    try {
      return answer(call);
    } finally {
      context.detach(before);
    }
  }

  void change(Session session, String old, String next) {
    ChangePasswordResponse changed =
        as(
            session,
            to ->
                users.changePassword(
                    ChangePasswordRequest.newBuilder()
                        .setOldPassword(old)
                        .setNewPassword(next)
                        .build(),
                    to));
    assertThat(changed).isNotNull();
  }

  static <T> T answer(Consumer<StreamObserver<T>> call) {
    AtomicReference<T> answered = new AtomicReference<>();
    call.accept(
        new StreamObserver<>() {
          @Override
          public void onNext(T value) {
            answered.set(value);
          }

          @Override
          public void onError(Throwable failure) {
            throw new AssertionError(failure);
          }

          @Override
          public void onCompleted() {}
        });
    return answered.get();
  }

  double count(String metric) {
    return registry.getSampleValue(metric, new String[] {"service"}, new String[] {"user"});
  }

  double count(String metric, String result) {
    return registry.getSampleValue(
        metric, new String[] {"service", "result"}, new String[] {"user", result});
  }
}
