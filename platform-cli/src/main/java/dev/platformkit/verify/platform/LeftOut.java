package dev.platformkit.verify.platform;

import static java.util.Objects.requireNonNull;

import dev.platformkit.verify.Finding;
import dev.platformkit.verify.Probe;
import java.util.Set;

/**
 * Something of the project that this platform was brought up without: told, so that the verdict is
 * partial, and a failure where its stack was required.
 */
public final class LeftOut implements Probe {
  private final String what;
  private final String stack;
  private final String reason;
  private final Set<String> required;

  /**
   * Something left out.
   *
   * @param what a service, or the whole stack
   * @param required the stacks that must not be left out
   */
  public LeftOut(String what, String stack, String reason, Set<String> required) {
    this.what = requireNonNull(what, "what is null");
    this.stack = requireNonNull(stack, "stack is null");
    this.reason = requireNonNull(reason, "reason is null");
    this.required = Set.copyOf(required);
  }

  @Override
  public String id() {
    return "platform/left-out";
  }

  @Override
  public String subject() {
    return what;
  }

  @Override
  public String expected() {
    return required.contains(stack) ? stack + " is required" : "nothing left out";
  }

  @Override
  public Finding look() {
    String seen = what + " left out: " + reason;
    return required.contains(stack) ? Finding.fail(seen) : Finding.skip(seen);
  }
}
