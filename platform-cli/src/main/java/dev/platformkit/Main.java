package dev.platformkit;

/** Where the command line enters: wiring, and the only {@code System.exit}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println("platform");
  }
}
