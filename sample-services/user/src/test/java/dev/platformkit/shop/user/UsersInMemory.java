package dev.platformkit.shop.user;

import dev.platformkit.kit.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Everything that user keeps, for as long as a test. */
final class UsersInMemory implements Accounts, RefreshTokens, LockOut, KeyRing {
  static final Rule RULE = new Rule(5, Duration.ofMinutes(15), Duration.ofSeconds(60));

  final Map<String, Account> accounts = new TreeMap<>();
  private final Map<TokenHash, Kept> tokens = new HashMap<>();
  private final Map<String, Integer> failures = new HashMap<>();
  private final Map<String, Instant> locked = new HashMap<>();
  int looks;
  boolean answers = true;
  private final List<Dated> keys = new ArrayList<>();

  private record Kept(String family, String account, Instant expires, boolean used) {}

  @Override
  public Optional<Account> register(String name, String passwordHash) {
    if (named(name).isPresent()) {
      return Optional.empty();
    }
    Account account =
        new Account(UUID.randomUUID().toString(), name, "", false, passwordHash, Instant.EPOCH);
    accounts.put(account.id(), account);
    return Optional.of(account);
  }

  @Override
  public Optional<Account> named(String name) {
    return accounts.values().stream().filter(a -> a.name().equalsIgnoreCase(name)).findFirst();
  }

  @Override
  public Optional<Account> find(String id) {
    return Optional.ofNullable(accounts.get(id));
  }

  @Override
  public List<Account> after(String id, int limit) {
    return accounts.values().stream().filter(a -> a.id().compareTo(id) > 0).limit(limit).toList();
  }

  @Override
  public Optional<Account> rename(String id, String displayName) {
    return change(
        id,
        a -> new Account(a.id(), a.name(), displayName, a.admin(), a.passwordHash(), a.created()));
  }

  @Override
  public Optional<Account> give(String id, boolean admin) {
    return change(
        id,
        a -> new Account(a.id(), a.name(), a.displayName(), admin, a.passwordHash(), a.created()));
  }

  @Override
  public void setPassword(String id, String hash) {
    change(id, a -> new Account(a.id(), a.name(), a.displayName(), a.admin(), hash, a.created()));
    tokens.values().removeIf(kept -> kept.account.equals(id));
  }

  @Override
  public boolean begin(TokenHash token, Account account, Instant expires, Instant now) {
    if (!accounts.get(account.id()).passwordHash().equals(account.passwordHash())) {
      return false;
    }
    tokens.put(token, new Kept(UUID.randomUUID().toString(), account.id(), expires, false));
    return true;
  }

  @Override
  public Traded trade(TokenHash token, TokenHash next, Instant expires, Instant now) {
    Kept kept = tokens.get(token);
    if (kept == null || !kept.expires.isAfter(now)) {
      return Traded.not(Traded.Result.UNKNOWN);
    }
    if (kept.used) {
      end(token);
      return Traded.not(Traded.Result.USED_TWICE);
    }
    tokens.put(token, new Kept(kept.family, kept.account, kept.expires, true));
    tokens.put(next, new Kept(kept.family, kept.account, expires, false));
    return Traded.to(kept.account);
  }

  @Override
  public void end(TokenHash token) {
    Kept kept = tokens.get(token);
    tokens.values().removeIf(other -> kept != null && other.family.equals(kept.family));
  }

  @Override
  public Attempt attempt(String name, Instant now) {
    String key = name.toLowerCase(Locale.ROOT);
    Instant until = locked.get(key);
    if (until != null && until.isAfter(now)) {
      return Attempt.refused(until);
    }
    if (until != null) {
      succeeded(name);
    }
    boolean last = failures.merge(key, 1, Integer::sum) == RULE.failures();
    if (last) {
      locked.put(key, now.plus(RULE.lock()));
    }
    return new Attempt(last, Optional.empty());
  }

  @Override
  public void forget(Instant now) {}

  @Override
  public void succeeded(String name) {
    failures.remove(name.toLowerCase(Locale.ROOT));
    locked.remove(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public List<Dated> all() {
    looks++;
    if (!answers) {
      throw new Unavailable("the database does not answer", null);
    }
    if (keys.isEmpty()) {
      keys.add(new Dated(SigningKeys.newKey(), Instant.EPOCH));
    }
    return List.copyOf(keys);
  }

  @Override
  public void add(Dated key, Instant forgotten) {
    keys.add(0, key);
    keys.removeIf(
        old ->
            keys.stream()
                .anyMatch(
                    later ->
                        later.since().isAfter(old.since()) && later.since().isBefore(forgotten)));
  }

  private Optional<Account> change(String id, UnaryOperator<Account> how) {
    return Optional.ofNullable(
        accounts.computeIfPresent(id, (same, account) -> how.apply(account)));
  }
}
