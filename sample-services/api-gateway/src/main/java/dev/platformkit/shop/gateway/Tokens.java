package dev.platformkit.shop.gateway;

/** Checks access tokens, so that a bad one goes no further. */
interface Tokens {
  /**
   * Returns if a token that has the form of one is good.
   *
   * @throws io.grpc.StatusRuntimeException saying what is wrong with it
   * @throws dev.platformkit.kit.Unavailable when that cannot be said at the moment
   */
  void check(String token);
}
