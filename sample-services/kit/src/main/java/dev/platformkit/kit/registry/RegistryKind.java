package dev.platformkit.kit.registry;

/** The registries there are, by the names that configuration has for them. */
public enum RegistryKind {
  CONSUL,
  STATIC
}
