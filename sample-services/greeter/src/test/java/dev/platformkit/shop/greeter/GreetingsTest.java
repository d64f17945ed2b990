package dev.platformkit.shop.greeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.platformkit.kit.config.Setting;
import dev.platformkit.shop.greeter.v1.GreetAllRequest;
import dev.platformkit.shop.greeter.v1.GreetRequest;
import dev.platformkit.shop.greeter.v1.Greeting;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class GreetingsTest {
  private final Given word = new Given("Hello");
  private final Greetings greetings = new Greetings(word);
  private final Answers answers = new Answers();

  @Test
  void aPersonIsGreetedByName() {
    greetings.greet(GreetRequest.newBuilder().setName("Ada").build(), answers);

    assertThat(answers.texts).containsExactly("Hello, Ada!");
    assertThat(answers.completed).isTrue();
  }

  @Test
  void aGreetingBeginsWithTheWordThatIsConfiguredAtThatMoment() {
    word.value = "Welcome";

    greetings.greet(GreetRequest.newBuilder().setName("Ada").build(), answers);

    assertThat(answers.texts).containsExactly("Welcome, Ada!");
  }

  @Test
  void severalPeopleAreGreetedInTheOrderInWhichTheyAreNamed() {
    greetings.greetAll(
        GreetAllRequest.newBuilder().addNames("Grace").addNames("Ada").build(), answers);

    assertThat(answers.texts).containsExactly("Hello, Grace!", "Hello, Ada!");
    assertThat(answers.completed).isTrue();
  }

  @Test
  void wordsThatAreEmptyOrTooLongAreRefused() {
    assertThat(Greetings.checkedWord("Good morning")).isEqualTo("Good morning");
    for (String refused : List.of("", "  ", "x".repeat(41))) {
      assertThatThrownBy(() -> Greetings.checkedWord(refused))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("not a word of 1 to 40 characters");
    }
  }

  /** A setting that the test changes. */
  private static final class Given implements Setting<String> {
    private volatile String value;

    Given(String value) {
      this.value = value;
    }

    @Override
    public String get() {
      return value;
    }

    @Override
    public void follow(Consumer<String> follower) {
      follower.accept(value);
    }
  }

  /** What a caller is told. */
  private static final class Answers implements StreamObserver<Greeting> {
    private final List<String> texts = new ArrayList<>();
    private boolean completed;

    @Override
    public void onNext(Greeting greeting) {
      texts.add(greeting.getText());
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void onCompleted() {
      completed = true;
    }
  }
}
