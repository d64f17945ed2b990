package dev.platformkit.shop.product;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.platformkit.kit.contract.Refusal;
import java.util.List;
import java.util.Map;

/** What the contract's rules cannot say: the database takes no text with a NUL in it. */
final class Storable {
  private Storable() {}

  /**
   * Does nothing when all texts in a request can be stored, or looked for.
   *
   * @throws io.grpc.StatusRuntimeException naming the field that holds one which cannot
   */
  static void check(Message request) {
    check("", request);
  }

  private static void check(String path, Message message) {
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      String name = path + field.getKey().getName();
      List<?> values =
          field.getValue() instanceof List<?> several ? several : List.of(field.getValue());
      for (Object value : values) {
        if (value instanceof Message inner) {
          check(name + ".", inner);
        } else if (value instanceof String text && text.indexOf('\0') >= 0) {
          throw Refusal.invalid(name, "holds a NUL, which no text may").asException();
        }
      }
    }
  }
}
