package dev.platformkit.shop.compatibility;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.Message;
import io.envoyproxy.pgv.validate.Validate;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Whether the rules about what a field may hold let through less than before. */
final class ValidationRules {
  private static final Set<String> LEAST =
      Set.of("min_len", "min_bytes", "min_items", "min_pairs", "gte", "gt");
  private static final Set<String> MOST =
      Set.of("max_len", "max_bytes", "max_items", "max_pairs", "lte", "lt");
  private static final String NONE_IS_ALLOWED = "ignore_empty";

  private ValidationRules() {}

  /** What is no longer let through; what cannot be compared, such as patterns, counts as that. */
  static List<String> narrowed(FieldDescriptorProto old, FieldDescriptorProto now) {
    Map<String, Object> was = rules(old);
    Map<String, Object> is = rules(now);
    Map<String, Object> all = new TreeMap<>(was);
    all.putAll(is);
    return all.keySet().stream()
        .filter(rule -> narrower(last(rule), was.get(rule), is.get(rule)))
        .map(
            rule ->
                "lets through less: %s is %s now, not %s"
                    .formatted(rule, told(is.get(rule)), told(was.get(rule))))
        .toList();
  }

  /** The rule by which a field is refused that is not set, if there is one. */
  static Optional<String> refusesNothing(FieldDescriptorProto field) {
    Map<String, Object> rules = rules(field);
    if (rules.keySet().stream().anyMatch(rule -> last(rule).equals(NONE_IS_ALLOWED))) {
      return Optional.empty();
    }
    return rules.entrySet().stream()
        .filter(rule -> !rule.getKey().contains(".items."))
        .filter(rule -> refusesNothing(last(rule.getKey()), rule.getValue()))
        .map(rule -> rule.getKey() + " is " + told(rule.getValue()))
        .findFirst();
  }

  private static boolean refusesNothing(String rule, Object value) {
    if (MOST.contains(rule)) {
      return number(value).signum() < (rule.equals("lt") ? 1 : 0);
    }
    if (LEAST.contains(rule)) {
      return number(value).signum() > (rule.equals("gt") ? -1 : 0);
    }
    return !rule.equals("defined_only") && !rule.equals("not_in") && !Objects.equals(value, false);
  }

  private static boolean narrower(String rule, Object was, Object is) {
    if (Objects.equals(was, is)) {
      return false;
    }
    if (rule.equals(NONE_IS_ALLOWED)) {
      return !Objects.equals(is, true);
    }
    if (is == null || Objects.equals(is, false)) {
      return false;
    }
    if (was != null && LEAST.contains(rule)) {
      return number(is).compareTo(number(was)) > 0;
    }
    if (was != null && MOST.contains(rule)) {
      return number(is).compareTo(number(was)) < 0;
    }
    return true;
  }

  /** {@code string.min_len} and so on. */
  private static Map<String, Object> rules(FieldDescriptorProto field) {
    Map<String, Object> found = new TreeMap<>();
    flatten("", field.getOptions().getExtension(Validate.rules), found);
    return found;
  }

  private static void flatten(String path, Message rules, Map<String, Object> found) {
    rules
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (value instanceof Message nested) {
                flatten(path + field.getName() + ".", nested, found);
              } else {
                found.put(path + field.getName(), value);
              }
            });
  }

  private static String last(String rule) {
    return rule.substring(rule.lastIndexOf('.') + 1);
  }

  private static BigDecimal number(Object value) {
    return new BigDecimal(value.toString());
  }

  private static String told(Object value) {
    return value == null ? "none" : value.toString();
  }
}
