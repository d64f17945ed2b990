package dev.platformkit.shop.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.shop.user.v1.GetProfileRequest;
import dev.platformkit.shop.user.v1.ListUsersRequest;
import dev.platformkit.shop.user.v1.ListUsersResponse;
import dev.platformkit.shop.user.v1.Role;
import dev.platformkit.shop.user.v1.Session;
import dev.platformkit.shop.user.v1.SetRoleRequest;
import dev.platformkit.shop.user.v1.UpdateProfileRequest;
import dev.platformkit.shop.user.v1.User;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsersTest extends UsersFixture {
  @Test
  void whoeverRegistersCanLogInAndIsKnownByTheToken() {
    String id = register("ann").getId();

    Session session = logIn("ann", PASSWORD);

    assertThat(session.getUserId()).isEqualTo(id);
    assertThat(tokens.check(session.getToken()).id()).isEqualTo(id);
    assertThat(tokens.check(session.getToken()).name()).isEqualTo("ann");
    assertThat(tokens.check(session.getToken()).admin()).isFalse();
  }

  @Test
  void aNameIsTakenOnceWhateverItsCase() {
    register("ann");

    assertThatThrownBy(() -> register("ANN")).hasMessage("ALREADY_EXISTS: the name is taken: ANN");
    assertThat(logIn("Ann", PASSWORD).getToken()).isNotEmpty();
  }

  @Test
  void anAnswerDoesNotTellWhetherTheNameOrThePasswordIsWrong() {
    register("ann");

    assertThatThrownBy(() -> logIn("ann", "wrong horse"))
        .hasMessage("UNAUTHENTICATED: name and password do not belong together");
    for (String nobody : List.of("bob", "", "\0")) {
      assertThatThrownBy(() -> logIn(nobody, PASSWORD))
          .hasMessage("UNAUTHENTICATED: name and password do not belong together");
    }
  }

  @Test
  void whatIsNotGivenInAProfileStaysAsItIs() {
    register("ann");
    Session session = logIn("ann", PASSWORD);

    User renamed =
        as(
            session,
            to ->
                users.updateProfile(
                    UpdateProfileRequest.newBuilder().setDisplayName(" Ann A. ").build(), to));
    User same =
        as(session, to -> users.updateProfile(UpdateProfileRequest.getDefaultInstance(), to));

    assertThat(renamed.getDisplayName()).isEqualTo("Ann A.");
    assertThat(same).isEqualTo(renamed);
    assertThat(
            this.<User>as(
                session, to -> users.getProfile(GetProfileRequest.getDefaultInstance(), to)))
        .isEqualTo(renamed);
  }

  @Test
  void aNewPasswordEndsAllSessionsAndTheOldOneIsNoGood() {
    register("ann");
    Session session = logIn("ann", PASSWORD);

    change(session, PASSWORD, "battery staple");

    assertThatThrownBy(() -> logIn("ann", PASSWORD)).hasMessageStartingWith("UNAUTHENTICATED");
    assertThat(logIn("ann", "battery staple").getUserId()).isEqualTo(session.getUserId());
    assertThatThrownBy(() -> new SessionsTest().refresh(users, session.getRefreshToken()))
        .hasMessageContaining("the session has ended");
  }

  @Test
  void whoDoesNotKnowTheOldPasswordCannotSetANewOne() {
    register("ann");
    Session session = logIn("ann", PASSWORD);

    assertThatThrownBy(() -> change(session, "a guess", "battery staple"))
        .hasMessageStartingWith("UNAUTHENTICATED");

    assertThat(logIn("ann", PASSWORD).getUserId()).isEqualTo(session.getUserId());
  }

  @Test
  void aRoleShowsInTokensThatAreIssuedFromThenOn() {
    String id = register("ann").getId();
    Session before = logIn("ann", PASSWORD);

    User given =
        answer(
            to ->
                users.setRole(
                    SetRoleRequest.newBuilder().setUserId(id).setRole(Role.ROLE_ADMIN).build(),
                    to));

    assertThat(given.getRole()).isEqualTo(Role.ROLE_ADMIN);
    assertThat(tokens.check(before.getToken()).admin()).isFalse();
    assertThat(tokens.check(logIn("ann", PASSWORD).getToken()).admin()).isTrue();
    SetRoleRequest nobody = SetRoleRequest.newBuilder().setUserId("x").build();
    assertThatThrownBy(() -> UsersFixture.<User>answer(to -> users.setRole(nobody, to)))
        .hasMessage("NOT_FOUND: there is no user x");
  }

  @Test
  void pagesOfUsersFollowEachOtherUntilNoneIsLeft() {
    List.of("ann", "bob", "cat").forEach(this::register);
    List<String> names = new ArrayList<>();
    String token = "";
    do {
      ListUsersRequest request =
          ListUsersRequest.newBuilder().setPageSize(2).setPageToken(token).build();
      ListUsersResponse page = answer(to -> users.listUsers(request, to));
      page.getUsersList().forEach(user -> names.add(user.getName()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(names).containsExactlyInAnyOrder("ann", "bob", "cat");
  }

  @Test
  void aPageTokenThatNobodyHandedOutIsRefused() {
    for (String token : List.of("x", "\0", "1-1-1-1-1", "00000000-0000-0000-0000-00000000000G")) {
      ListUsersRequest request = ListUsersRequest.newBuilder().setPageToken(token).build();

      assertThatThrownBy(
              () -> UsersFixture.<ListUsersResponse>answer(to -> users.listUsers(request, to)))
          .hasMessage("INVALID_ARGUMENT: page_token is none that was handed out");
    }
  }

  @Test
  void whatTheDatabaseWouldNotTakeIsNoDisplayName() {
    register("ann");
    Session session = logIn("ann", PASSWORD);
    for (String name : List.of("a\0b", "a\nb")) {
      UpdateProfileRequest request = UpdateProfileRequest.newBuilder().setDisplayName(name).build();

      assertThatThrownBy(() -> this.<User>as(session, to -> users.updateProfile(request, to)))
          .hasMessage("INVALID_ARGUMENT: display_name must not have control characters");
    }
  }
}
