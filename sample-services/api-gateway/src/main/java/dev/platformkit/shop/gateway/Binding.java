package dev.platformkit.shop.gateway;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.platformkit.kit.http.HttpProblem;
import dev.platformkit.kit.http.HttpProblem.FieldError;
import dev.platformkit.kit.http.HttpRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes the message of an HTTP request, as {@code google.api.http} has it: from the body, then from
 * the path, and from the query what neither of them can hold.
 *
 * @param body {@code *} for the whole message, a field's name, or nothing
 * @param variables the names in the path, which are fields
 */
record Binding(Descriptor type, String body, List<String> variables) {
  private static final JsonFormat.Parser JSON = JsonFormat.parser();

  Binding {
    variables = List.copyOf(variables);
    for (String variable : variables) {
      field(type, variable);
    }
  }

  /** The message; a 400 that says what about the request is wrong. */
  DynamicMessage message(HttpRequest request) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    if (body.equals("*")) {
      merge(request, message);
    } else if (!body.isEmpty()) {
      merge(request, message.getFieldBuilder(field(type, body)));
    }
    if (body.equals("*") && !request.query().isEmpty()) {
      throw unknown(request.query().keySet().iterator().next());
    }
    for (Map.Entry<String, String> parameter : request.query().entrySet()) {
      set(message, parameter.getKey(), parameter.getValue());
    }
    for (String variable : variables) {
      set(message, variable, request.path(variable));
    }
    return message.build();
  }

  private static void merge(HttpRequest request, Message.Builder message) {
    String text = request.text();
    try {
      JSON.merge(text.isBlank() ? "{}" : text, message);
    } catch (InvalidProtocolBufferException e) {
      throw HttpProblem.of(400, "the body is not the JSON expected here: " + e.getMessage())
          .because("INVALID", List.of());
    }
  }

  private static void set(Message.Builder message, String path, String text) {
    List<String> names = List.of(path.split("\\.", -1));
    Message.Builder holder = message;
    for (String name : names.subList(0, names.size() - 1)) {
      FieldDescriptor field = holder.getDescriptorForType().findFieldByName(name);
      if (field == null || field.getJavaType() != JavaType.MESSAGE || field.isRepeated()) {
        throw unknown(path);
      }
      holder = holder.getFieldBuilder(field);
    }
    FieldDescriptor field =
        holder.getDescriptorForType().findFieldByName(names.get(names.size() - 1));
    if (field == null || field.getJavaType() == JavaType.MESSAGE) {
      throw unknown(path);
    }
    if (field.isRepeated()) {
      for (String each : text.split(",", -1)) {
        holder.addRepeatedField(field, value(field, each));
      }
    } else {
      holder.setField(field, value(field, text));
    }
  }

  private static Object value(FieldDescriptor field, String text) {
    try {
      return switch (field.getJavaType()) {
        case STRING -> text;
        case INT -> Integer.parseInt(text);
        case LONG -> Long.parseLong(text);
        case DOUBLE -> Double.parseDouble(text);
        case FLOAT -> Float.parseFloat(text);
        case BOOLEAN -> truth(text);
        case ENUM -> choice(field, text);
        case BYTE_STRING, MESSAGE ->
            throw new IllegalArgumentException("not to be given like this");
      };
    } catch (IllegalArgumentException e) {
      String what = "is no " + field.getType().name().toLowerCase(Locale.ROOT);
      throw HttpProblem.of(400, field.getName() + " " + what)
          .because("INVALID", List.of(new FieldError(field.getName(), what)));
    }
  }

  private static boolean truth(String text) {
    if (!Arrays.asList("true", "false").contains(text)) {
      throw new IllegalArgumentException("neither true nor false");
    }
    return text.equals("true");
  }

  private static EnumValueDescriptor choice(FieldDescriptor field, String text) {
    EnumValueDescriptor value = field.getEnumType().findValueByName(text);
    if (value == null) {
      throw new IllegalArgumentException("no such value");
    }
    return value;
  }

  private static FieldDescriptor field(Descriptor type, String path) {
    Descriptor holder = type;
    FieldDescriptor field = null;
    for (String name : path.split("\\.", -1)) {
      field = holder == null ? null : holder.findFieldByName(name);
      if (field == null) {
        throw new IllegalArgumentException(type.getFullName() + " has no field " + path);
      }
      holder = field.getJavaType() == JavaType.MESSAGE ? field.getMessageType() : null;
    }
    return field;
  }

  private static HttpProblem unknown(String parameter) {
    return HttpProblem.of(400, "there is no parameter " + parameter + " here")
        .because("INVALID", List.of(new FieldError(parameter, "is not known here")));
  }
}
