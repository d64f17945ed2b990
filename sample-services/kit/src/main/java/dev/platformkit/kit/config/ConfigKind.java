package dev.platformkit.kit.config;

/** Where configuration may come from, by the names that the environment has for that. */
public enum ConfigKind {
  CONSUL,
  FILE
}
