package dev.platformkit.check;

/**
 * Judges the files of a workspace by one rule. Stateless; its facts stand in its {@link CheckSpec}.
 *
 * <p>A check tells everything that it finds and throws for nothing that a file may contain: what
 * another check tells (a file that cannot be read, a key of the wrong shape) it passes over.
 */
public interface Check {
  void run(Workspace workspace, Findings findings);

  default CheckSpec spec() {
    return getClass().getAnnotation(CheckSpec.class);
  }

  default String id() {
    return spec().id();
  }
}
