package dev.platformkit.shop.compatibility;

import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import java.util.List;
import java.util.Optional;

/** What may not become of the values of an enum; new ones are read as unknown by who is older. */
final class EnumRules {
  private final String name;
  private final String file;
  private final List<Break> breaks;

  EnumRules(String name, String file, List<Break> breaks) {
    this.name = name;
    this.file = file;
    this.breaks = breaks;
  }

  void compare(EnumDescriptorProto old, EnumDescriptorProto now) {
    old.getValueList().forEach(value -> compare(value, now));
  }

  private void compare(EnumValueDescriptorProto value, EnumDescriptorProto now) {
    Optional<EnumValueDescriptorProto> same =
        now.getValueList().stream().filter(v -> v.getName().equals(value.getName())).findFirst();
    if (same.isEmpty()) {
      if (!reserved(now, value)) {
        broken(
            value,
            "was removed or renamed, and its number and name may be used again",
            "who sends it: unknown in JSON, or taken for a later value under its number",
            "keep it; or: reserved %d; reserved \"%s\";"
                .formatted(value.getNumber(), value.getName()));
      }
    } else if (same.orElseThrow().getNumber() != value.getNumber()) {
      broken(
          value,
          "is the number %d now, not %d"
              .formatted(same.orElseThrow().getNumber(), value.getNumber()),
          "who speaks protobuf: one value is taken for another",
          "give it back its number");
    }
  }

  private static boolean reserved(EnumDescriptorProto now, EnumValueDescriptorProto value) {
    return now.getReservedNameList().contains(value.getName())
        && now.getReservedRangeList().stream()
            .anyMatch(
                range ->
                    range.getStart() <= value.getNumber() && value.getNumber() <= range.getEnd());
  }

  private void broken(EnumValueDescriptorProto value, String what, String why, String instead) {
    breaks.add(new Break(file, name + "." + value.getName(), what, why, instead));
  }
}
