package dev.platformkit.engine;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.time.Instant;
import java.util.function.Consumer;

/** Turns frames into lines and leaves out those before the time asked for. */
final class LogReader extends ResultCallback.Adapter<Frame> {
  private final LogFrames frames;

  LogReader(Instant since, Consumer<LogLine> lines) {
    this.frames =
        new LogFrames(
            line -> {
              if (!line.time().isBefore(since)) {
                lines.accept(line);
              }
            });
  }

  @Override
  public void onNext(Frame frame) {
    frames.accept(
        frame.getStreamType() == StreamType.STDERR ? "stderr" : "stdout",
        frame.getStreamType() != StreamType.RAW,
        frame.getPayload());
  }

  @Override
  public void onComplete() {
    frames.end();
    super.onComplete();
  }
}
