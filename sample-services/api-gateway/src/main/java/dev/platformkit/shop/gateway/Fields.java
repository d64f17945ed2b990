package dev.platformkit.shop.gateway;

import com.google.common.io.BaseEncoding;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Optional;

/** Fields of messages by their paths, {@code product.id}, with values as a URL has them. */
final class Fields {
  private Fields() {}

  /**
   * The field at this path.
   *
   * @throws IllegalArgumentException when there is none
   */
  static FieldDescriptor at(Descriptor message, String path) {
    return find(message, path)
        .orElseThrow(() -> new IllegalArgumentException(message.getFullName() + " has no " + path));
  }

  /** The field at this path; what is in a repeated field has none. */
  static Optional<FieldDescriptor> find(Descriptor message, String path) {
    Optional<FieldDescriptor> field = Optional.empty();
    Optional<Descriptor> within = Optional.of(message);
    for (String name : path.split("\\.", -1)) {
      field = within.map(holder -> holder.findFieldByName(name));
      within =
          field
              .filter(each -> each.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
              .filter(each -> !each.isRepeated())
              .map(FieldDescriptor::getMessageType);
    }
    return field;
  }

  /** The message that directly holds the field at this path; made where it is missing. */
  static Message.Builder holder(Message.Builder message, String path) {
    List<String> names = List.of(path.split("\\.", -1));
    Message.Builder within = message;
    for (String name : names.subList(0, names.size() - 1)) {
      within = within.getFieldBuilder(within.getDescriptorForType().findFieldByName(name));
    }
    return within;
  }

  /**
   * One value of this field.
   *
   * @throws IllegalArgumentException saying what the text is not
   */
  static Object value(FieldDescriptor field, String text) {
    try {
      return switch (field.getJavaType()) {
        case INT -> whole(field, text);
        case LONG -> wholeLong(field, text);
        case FLOAT -> Float.parseFloat(text);
        case DOUBLE -> Double.parseDouble(text);
        case BOOLEAN -> truth(text);
        case STRING -> text;
        case BYTE_STRING -> bytes(text);
        case ENUM -> choice(field, text);
        case MESSAGE -> throw new IllegalArgumentException("cannot stand here");
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("is not a number that fits", e);
    }
  }

  private static int whole(FieldDescriptor field, String text) {
    return switch (field.getType()) {
      case UINT32, FIXED32 -> Integer.parseUnsignedInt(text);
      default -> Integer.parseInt(text);
    };
  }

  private static long wholeLong(FieldDescriptor field, String text) {
    return switch (field.getType()) {
      case UINT64, FIXED64 -> Long.parseUnsignedLong(text);
      default -> Long.parseLong(text);
    };
  }

  private static boolean truth(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("is neither true nor false");
    }
    return text.equals("true");
  }

  private static ByteString bytes(String text) {
    String standard = text.replace('-', '+').replace('_', '/');
    try {
      return ByteString.copyFrom(BaseEncoding.base64().decode(standard));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is not base64", e);
    }
  }

  private static EnumValueDescriptor choice(FieldDescriptor field, String text) {
    EnumValueDescriptor value = field.getEnumType().findValueByName(text);
    if (value == null) {
      throw new IllegalArgumentException(
          "is none of "
              + field.getEnumType().getValues().stream()
                  .map(EnumValueDescriptor::getName)
                  .toList());
    }
    return value;
  }
}
