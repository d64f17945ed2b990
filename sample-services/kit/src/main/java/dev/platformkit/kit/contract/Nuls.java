package dev.platformkit.kit.contract;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Texts with a NUL in them, by the path of each field. Rules of a contract cannot say that there
 * must be none; yet no database takes one, and to what hashes passwords it is the end of the text.
 */
final class Nuls {
  private static final int MOST = 10;
  private static final String TOLD = "holds a NUL, which no text may";

  private final Map<String, String> found = new LinkedHashMap<>();

  private Nuls() {}

  /** Nothing where there is none. */
  static Map<String, String> in(Message message) {
    Nuls nuls = new Nuls();
    nuls.look(message, "");
    return nuls.found;
  }

  private void look(Message message, String path) {
    message.getAllFields().forEach((field, value) -> look(field, value, path + field.getName()));
  }

  private void look(FieldDescriptor field, Object value, String path) {
    if (!field.isRepeated()) {
      lookAtOne(value, path);
      return;
    }
    List<?> items = (List<?>) value;
    for (int i = 0; i < items.size(); i++) {
      lookAtOne(items.get(i), path + "[" + i + "]");
    }
  }

  private void lookAtOne(Object value, String path) {
    if (value instanceof Message message) {
      look(message, path + ".");
    } else if (value instanceof String text && text.indexOf('\0') >= 0 && found.size() < MOST) {
      found.put(path, TOLD);
    }
  }
}
