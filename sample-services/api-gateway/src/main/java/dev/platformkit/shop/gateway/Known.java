package dev.platformkit.shop.gateway;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The contracts that are known at a moment, by the names that the registry has for their services.
 *
 * @param waitingFor who has not had its say yet
 */
record Known(Map<String, Told> contracts, Optional<String> waitingFor) {
  Known {
    contracts = Collections.unmodifiableMap(new TreeMap<>(contracts));
    requireNonNull(waitingFor, "waitingFor is null");
  }
}
