package dev.platformkit.kit.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CallersTest {
  private static final long INTERVAL = 100;
  private static final Rate RATE = new Rate(Duration.ofNanos(INTERVAL), 0);
  private static final Duration PATIENT = Duration.ofSeconds(1);

  @Example
  void nobodyWaitsBecauseOfAnother() {
    Callers callers = new Callers(RATE, 10);

    assertThat(granted(callers, "ann", 0)).isTrue();
    assertThat(granted(callers, "ann", 1)).isFalse();
    assertThat(granted(callers, "bob", 1)).isTrue();
  }

  @Example
  void instancesKnowNothingOfEachOtherSoTwoLetTwiceAsMuchThrough() {
    List<Callers> instances = List.of(new Callers(RATE, 10), new Callers(RATE, 10));

    assertThat(instances.stream().filter(each -> granted(each, "ann", 0)).count()).isEqualTo(2);
    assertThat(instances.stream().filter(each -> granted(each, "ann", 1)).count()).isZero();
  }

  @Property
  void neverMoreAreRememberedThanTheLimit(
      @ForAll @Size(max = 200) List<@IntRange(max = 50) Integer> calls,
      @ForAll @IntRange(min = 1, max = 10) int most) {
    Callers callers = new Callers(RATE, most);

    for (int i = 0; i < calls.size(); i++) {
      callers.take("user " + calls.get(i), i, PATIENT);
      assertThat(callers.remembered()).isLessThanOrEqualTo(most);
    }
  }

  @Example
  void whoIsIdleIsForgottenAsOthersCome() {
    Callers callers = new Callers(RATE, 1000);
    for (int i = 0; i < 500; i++) {
      callers.take("early " + i, 0, PATIENT);
    }

    for (int i = 0; i < 500; i++) {
      callers.take("late " + i, INTERVAL + i * INTERVAL, PATIENT);
    }

    assertThat(callers.remembered()).isLessThan(5);
  }

  @Example
  void whoIsBusyIsRememberedWhileThereIsRoom() {
    Callers callers = new Callers(RATE, 3);
    callers.take("ann", 0, PATIENT);
    callers.take("bob", 0, PATIENT);
    callers.take("cid", 0, PATIENT);
    assertThat(granted(callers, "ann", 1)).isFalse();

    callers.take("dee", 2, PATIENT);

    // Of these, bob was least lately asked for.
    assertThat(granted(callers, "ann", 3)).isFalse();
    assertThat(granted(callers, "cid", 3)).isFalse();
    assertThat(granted(callers, "bob", 3)).isTrue();
  }

  private static boolean granted(Callers callers, String caller, long now) {
    return callers.take(caller, now, PATIENT).granted();
  }
}
