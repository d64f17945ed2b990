package dev.platformkit.shop.greeter;

import static dev.platformkit.kit.grpc.Unary.answer;

import dev.platformkit.kit.config.Setting;
import dev.platformkit.shop.greeter.v1.GreetAllRequest;
import dev.platformkit.shop.greeter.v1.GreetRequest;
import dev.platformkit.shop.greeter.v1.GreeterServiceGrpc.GreeterServiceImplBase;
import dev.platformkit.shop.greeter.v1.Greeting;
import io.grpc.stub.StreamObserver;

/** Greetings as the contract has them. */
final class Greetings extends GreeterServiceImplBase {
  private static final int LONGEST_WORD = 40;

  private final Setting<String> word;

  /**
   * @param word what a greeting begins with
   */
  Greetings(Setting<String> word) {
    this.word = word;
  }

  /**
   * A word that a greeting can begin with.
   *
   * @throws IllegalArgumentException where it is blank, or longer than 40 characters
   */
  static String checkedWord(String written) {
    if (written.isBlank() || written.length() > LONGEST_WORD) {
      throw new IllegalArgumentException("not a word of 1 to " + LONGEST_WORD + " characters");
    }
    return written;
  }

  @Override
  public void greet(GreetRequest request, StreamObserver<Greeting> answer) {
    answer(answer, greeting(request.getName()));
  }

  @Override
  public void greetAll(GreetAllRequest request, StreamObserver<Greeting> answer) {
    request.getNamesList().forEach(name -> answer.onNext(greeting(name)));
    answer.onCompleted();
  }

  private Greeting greeting(String name) {
    return Greeting.newBuilder().setName(name).setText(word.get() + ", " + name + "!").build();
  }
}
