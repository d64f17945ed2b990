package dev.platformkit.check;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What is known about a check without running it; the one place where that stands. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CheckSpec {
  /** {@code domain/name}; also the folder of its {@code why.md}, {@code bad/} and {@code good/}. */
  String id();

  Severity severity();

  /** One sentence: what is right. */
  String summary();
}
