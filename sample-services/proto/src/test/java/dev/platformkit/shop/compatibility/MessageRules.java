package dev.platformkit.shop.compatibility;

import static java.util.stream.Collectors.toMap;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.DescriptorProto.ReservedRange;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What may not become of the fields of a message. Stricter than protobuf's "Updating A Message
 * Type" in two ways: types that are compatible on the wire ({@code int32} and {@code int64}, say)
 * are not in JSON or in source code; and neither are names, which on the wire do not matter.
 */
final class MessageRules {
  private static final String ADD_ANOTHER =
      "keep it as it was, and add another field with another number";

  private final String name;
  private final String file;
  private final List<Break> breaks;

  MessageRules(String name, String file, List<Break> breaks) {
    this.name = name;
    this.file = file;
    this.breaks = breaks;
  }

  void compare(DescriptorProto old, DescriptorProto now) {
    Map<Integer, FieldDescriptorProto> fields = byNumber(now);
    old.getFieldList()
        .forEach(
            field -> {
              FieldDescriptorProto is = fields.get(field.getNumber());
              if (is == null) {
                removed(field, now);
              } else {
                compare(field, is, old, now);
              }
            });
    Map<Integer, FieldDescriptorProto> known = byNumber(old);
    now.getFieldList().stream()
        .filter(field -> !known.containsKey(field.getNumber()))
        .forEach(this::added);
    old.getReservedRangeList().stream()
        .filter(range -> !reserved(now, range.getStart(), range.getEnd()))
        .forEach(range -> free(range));
  }

  private void removed(FieldDescriptorProto field, DescriptorProto now) {
    Optional<FieldDescriptorProto> moved =
        now.getFieldList().stream().filter(f -> f.getName().equals(field.getName())).findFirst();
    if (moved.isPresent()) {
      broken(
          field,
          "has the number %d now, not %d"
              .formatted(moved.orElseThrow().getNumber(), field.getNumber()),
          "who speaks protobuf: what is sent under one number is looked for under another",
          "give it back its number");
    } else if (!reserved(now, field.getNumber(), field.getNumber() + 1)
        || !now.getReservedNameList().contains(field.getName())) {
      broken(
          field,
          "was removed, and its number and name may be used again",
          "who was built with it: a later field under number %d would be taken for it"
              .formatted(field.getNumber()),
          "reserved %d; reserved \"%s\";".formatted(field.getNumber(), field.getName()));
    }
  }

  private void compare(
      FieldDescriptorProto old,
      FieldDescriptorProto now,
      DescriptorProto oldMessage,
      DescriptorProto nowMessage) {
    differs(
        old,
        old.getName(),
        now.getName(),
        "is called",
        "who speaks JSON or compiles against it: the number stays, the name does not");
    if (old.getName().equals(now.getName())) {
      differs(
          old,
          old.getJsonName(),
          now.getJsonName(),
          "is called in JSON",
          "who speaks JSON: the field is unknown by its old name");
    }
    differs(
        old,
        type(old),
        type(now),
        "is of the type",
        "who was built with the old type: reads something else, or nothing");
    differs(
        old,
        many(old),
        many(now),
        "is",
        "who was built with the other: reads the last of many, or in JSON nothing at all");
    differs(
        old,
        oneof(old, oldMessage),
        oneof(now, nowMessage),
        "belongs to",
        "who was built with the other: setting one field clears another, or no longer does");
    ValidationRules.narrowed(old, now)
        .forEach(
            what ->
                broken(
                    old,
                    what,
                    "who sends what was allowed: INVALID_ARGUMENT",
                    "keep the wider rule, and say in the service what else does not do"));
  }

  private void added(FieldDescriptorProto field) {
    ValidationRules.refusesNothing(field)
        .ifPresent(
            rule ->
                broken(
                    field,
                    "is new, and must be set: " + rule,
                    "who does not know it sends none: INVALID_ARGUMENT",
                    "let none be allowed, and mean what it meant before"));
  }

  private void free(ReservedRange range) {
    breaks.add(
        new Break(
            file,
            name,
            "no longer reserves " + range.getStart(),
            "who still sends the field that had the number: it is taken for another",
            "reserved %d;".formatted(range.getStart())));
  }

  private void differs(
      FieldDescriptorProto field, String old, String now, String what, String why) {
    if (!old.equals(now)) {
      broken(field, "%s %s now, not %s".formatted(what, now, old), why, ADD_ANOTHER);
    }
  }

  private void broken(FieldDescriptorProto field, String what, String why, String instead) {
    breaks.add(new Break(file, name + "." + field.getName(), what, why, instead));
  }

  private static Map<Integer, FieldDescriptorProto> byNumber(DescriptorProto message) {
    return message.getFieldList().stream()
        .collect(toMap(FieldDescriptorProto::getNumber, Function.identity()));
  }

  private static String type(FieldDescriptorProto field) {
    return field.hasTypeName()
        ? field.getTypeName().substring(1)
        : field.getType().name().substring("TYPE_".length()).toLowerCase(Locale.ROOT);
  }

  private static String many(FieldDescriptorProto field) {
    return field.getLabel() == Label.LABEL_REPEATED ? "repeated" : "single";
  }

  /** An optional field's own is only how protobuf writes that down. */
  private static String oneof(FieldDescriptorProto field, DescriptorProto message) {
    return field.hasOneofIndex() && !field.getProto3Optional()
        ? "oneof " + message.getOneofDecl(field.getOneofIndex()).getName()
        : "no oneof";
  }

  private static boolean reserved(DescriptorProto message, int from, int to) {
    return message.getReservedRangeList().stream()
        .anyMatch(range -> range.getStart() <= from && to <= range.getEnd());
  }
}
