package dev.platformkit.kit.contract;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import io.envoyproxy.pgv.ValidationException;
import io.envoyproxy.pgv.ValidatorIndex;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is wrong with a message, by the path of each field, such as {@code product.sizes[1].name}.
 * The generated validators end with the first field that breaks a rule, so it is one for each
 * message in the message; and only so many, since they have to fit into the trailers of a call.
 *
 * <p>What a field held is not told, nor how long it was: it may be a secret.
 */
final class Violations {
  private static final int MOST = 10;
  private static final Pattern LENGTH =
      Pattern.compile("length must be (at least |at most |)(\\d+)\\b.*", Pattern.DOTALL);
  private static final Pattern FOUND = Pattern.compile(" but got: .*", Pattern.DOTALL);

  private final ValidatorIndex validators;
  private final Map<String, String> found = new LinkedHashMap<>();

  private Violations(ValidatorIndex validators) {
    this.validators = validators;
  }

  /** Nothing where the message keeps to its contract. */
  static Map<String, String> of(Message message, ValidatorIndex validators) {
    try {
      validators.validatorFor(message).assertValid(message);
      return Map.of();
    } catch (ValidationException e) {
      Violations violations = new Violations(validators);
      violations.look(message, "");
      return violations.found.isEmpty()
          ? Map.of(lastOf(e.getField()), readable(e.getReason()))
          : violations.found;
    }
  }

  private void look(Message message, String path) {
    if (found.size() >= MOST) {
      return;
    }
    try {
      validators.validatorFor(message).assertValid(message);
    } catch (ValidationException e) {
      if (e.getField()
          .equals(
              "." + message.getDescriptorForType().getFullName() + "." + lastOf(e.getField()))) {
        found.put(path + lastOf(e.getField()), readable(e.getReason()));
      }
      message.getAllFields().forEach((field, value) -> lookInto(field, value, path));
    }
  }

  private void lookInto(FieldDescriptor field, Object value, String path) {
    if (field.getJavaType() != JavaType.MESSAGE || field.isMapField()) {
      return;
    }
    String name = path + field.getName();
    if (!field.isRepeated()) {
      look((Message) value, name + ".");
      return;
    }
    List<?> items = (List<?>) value;
    for (int i = 0; i < items.size(); i++) {
      look((Message) items.get(i), name + "[" + i + "].");
    }
  }

  private static String lastOf(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** {@code length must be at least 8 but got: 5} is {@code must have at least 8 characters}. */
  private static String readable(String reason) {
    Matcher length = LENGTH.matcher(reason);
    return length.matches()
        ? "must have " + length.group(1) + length.group(2) + " characters"
        : FOUND.matcher(reason).replaceFirst("");
  }
}
