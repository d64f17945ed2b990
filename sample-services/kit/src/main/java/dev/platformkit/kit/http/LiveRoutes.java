package dev.platformkit.kit.http;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What can be asked over HTTP at the moment; it may change while it is served. Of two routes that
 * fit a path, the one with a name stands back behind the one that says it literally.
 */
public final class LiveRoutes {
  private final List<Consumer<Route>> followers = new ArrayList<>();
  private volatile RouteTable table = new RouteTable(List.of(), Optional.empty());

  /** Routes that are as they are. */
  public static LiveRoutes of(List<Route> routes) {
    LiveRoutes fixed = new LiveRoutes();
    fixed.become(routes);
    return fixed;
  }

  /** From now on these are all the routes there are. */
  public void become(List<Route> routes) {
    become(new RouteTable(routes, Optional.empty()));
  }

  /**
   * These are the routes that are known so far. What fits none of them is not said to be missing,
   * but answered 503.
   *
   * @param why what is still waited for, for whoever asked
   */
  public void becomeSoFar(List<Route> routes, String why) {
    become(new RouteTable(routes, Optional.of(requireNonNull(why, "why is null"))));
  }

  public List<Route> now() {
    return table.routes();
  }

  private synchronized void become(RouteTable next) {
    next.routes().forEach(route -> followers.forEach(follower -> follower.accept(route)));
    table = next;
  }

  /** Tells of every route before it is served; of some more than once. */
  synchronized void follow(Consumer<Route> follower) {
    followers.add(follower);
    table.routes().forEach(follower);
  }

  RouteTable table() {
    return table;
  }
}
