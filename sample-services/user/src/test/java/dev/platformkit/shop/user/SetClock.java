package dev.platformkit.shop.user;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes when the test says so. */
final class SetClock extends Clock {
  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

  void goes(Duration on) {
    now = now.plus(on);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public Instant instant() {
    return now;
  }
}
