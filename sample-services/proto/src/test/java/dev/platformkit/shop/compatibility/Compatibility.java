package dev.platformkit.shop.compatibility;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import dev.platformkit.shop.compatibility.Released.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Whether callers and services that were built with older contracts get along with newer ones. What
 * is added breaks nobody. Three kinds of partners are thought of: those that speak protobuf, for
 * whom numbers and types count; those that speak JSON (through the gateway, or with {@code
 * CODEC=json}), for whom names count too; and those whose source is compiled against the contracts.
 *
 * <p>The rules are those of the Protocol Buffers Language Guide, "Updating A Message Type" and
 * "Updating Enum Definitions" among them
 * (https://protobuf.dev/programming-guides/proto3/#updating), and of its page on JSON
 * (https://protobuf.dev/programming-guides/json/); those about calls, routes and validation are
 * ours.
 */
final class Compatibility {
  private final Released before;
  private final Released after;
  private final List<Break> breaks = new ArrayList<>();

  private Compatibility(Released before, Released after) {
    this.before = before;
    this.after = after;
  }

  /** All that is broken, in the order in which it stands in the older contracts. */
  static List<Break> breaks(FileDescriptorSet before, FileDescriptorSet after) {
    Compatibility compatibility = new Compatibility(new Released(before), new Released(after));
    compatibility.compare();
    return List.copyOf(compatibility.breaks);
  }

  private void compare() {
    both(
        before.messages(),
        after.messages(),
        "whoever sends or reads such a message",
        (old, now) -> new MessageRules(old.name, old.file, breaks).compare(old.was, now));
    both(
        before.enums(),
        after.enums(),
        "whoever sends or reads such a value",
        (old, now) -> new EnumRules(old.name, old.file, breaks).compare(old.was, now));
    both(
        before.services(),
        after.services(),
        "whoever calls it: UNIMPLEMENTED",
        (old, now) -> new ServiceRules(old.name, old.file, breaks).compare(old.was, now));
  }

  private record Old<T>(String name, String file, T was) {}

  private <T> void both(
      Map<String, Element<T>> old,
      Map<String, Element<T>> now,
      String whom,
      BiConsumer<Old<T>, T> rules) {
    old.forEach(
        (name, was) -> {
          Element<T> is = now.get(name);
          if (is == null) {
            breaks.add(
                new Break(
                    was.file(),
                    name,
                    "was removed, renamed or moved to another package",
                    whom,
                    "keep it, marked deprecated; what is new belongs beside it, or into a package"
                        + " v2"));
          } else {
            rules.accept(new Old<>(name, is.file(), was.is()), is.is());
          }
        });
  }
}
