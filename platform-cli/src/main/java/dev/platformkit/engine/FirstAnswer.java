package dev.platformkit.engine;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.PullResponseItem;
import dev.platformkit.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A pull says something as soon as its registry has found the image; that is all we want. */
final class FirstAnswer extends ResultCallback.Adapter<PullResponseItem> {
  private final CompletableFuture<Optional<String>> whyNot = new CompletableFuture<>();

  @Override
  public void onNext(PullResponseItem item) {
    whyNot.complete(
        item.isErrorIndicated()
            ? Optional.of(String.valueOf(item.getErrorDetail().getMessage()))
            : Optional.empty());
  }

  @Override
  public void onError(Throwable failure) {
    whyNot.complete(Optional.of(String.valueOf(failure.getMessage()).strip()));
  }

  /** Ends the pull, whose images nobody asked for yet. */
  void end() {
    try {
      close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<String> whyNot(Duration patience) {
    try {
      return whyNot.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Optional.of("its registry did not answer in " + patience.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new IllegalStateException("only ever completed with an answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unable("interrupted while waiting for the Docker Engine").causedBy(e);
    }
  }
}
