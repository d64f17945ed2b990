package dev.platformkit.engine;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Statistics;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The engine measures once a second and sends at once what it has measured. */
final class FirstSample extends ResultCallback.Adapter<Statistics> {
  private final AtomicReference<Statistics> sample = new AtomicReference<>();

  @Override
  public void onNext(Statistics statistics) {
    if (sample.compareAndSet(null, statistics)) {
      onComplete();
    }
  }

  Optional<Long> resident() {
    return Optional.ofNullable(sample.get()).flatMap(ResidentMemory::of);
  }
}
