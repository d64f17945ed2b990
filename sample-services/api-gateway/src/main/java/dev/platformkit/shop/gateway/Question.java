package dev.platformkit.shop.gateway;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.platformkit.kit.http.HttpProblem;
import dev.platformkit.kit.http.HttpProblem.FieldError;
import dev.platformkit.kit.http.HttpRequest;
import dev.platformkit.kit.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The message that a request means: put together from its body, its path and its query, as {@code
 * google.api.http} has it. What is wrong with its fields is told all at once.
 */
final class Question {
  private static final JsonFormat.Parser BODIES = JsonFormat.parser();
  private static final String JSON = "application/json";

  /** Also what is JSON by another name (RFC 6839), such as {@code application/ld+json}. */
  private static final Pattern JSON_TYPE =
      Pattern.compile(
          "\\s*application/([a-z0-9.-]+\\+)?json\\s*(;\\s*charset=\"?utf-8\"?\\s*)?",
          Pattern.CASE_INSENSITIVE);

  private final Binding binding;
  private final HttpRequest request;
  private final DynamicMessage.Builder message;
  private final List<FieldError> errors = new ArrayList<>();

  private Question(Binding binding, HttpRequest request) {
    this.binding = binding;
    this.request = request;
    message = DynamicMessage.newBuilder(binding.method().getInputType());
  }

  /**
   * The message for the method.
   *
   * @throws HttpProblem 400, when the request is not one for it
   */
  static DynamicMessage of(Binding binding, HttpRequest request) {
    Question question = new Question(binding, request);
    question.readBody();
    binding.pathNames().forEach(question::readPath);
    request.queries().forEach(question::readQuery);
    question.refuseIfWrong();
    return question.message.build();
  }

  private void readBody() {
    String text = request.text();
    if (binding.body().isEmpty() || text.isEmpty()) {
      return;
    }
    refuseIfNotJson();
    try {
      // What reads messages reads sloppy JSON too.
      JsonObject object = Json.read(text, JsonObject.class);
      if (object == null) {
        throw unreadable("a JSON object is expected");
      }
      if (binding.body().equals(Binding.EVERYTHING)) {
        readBody(object, text, message, "");
      } else {
        FieldDescriptor field = type().findFieldByName(binding.body());
        readBody(object, text, message.getFieldBuilder(field), binding.body() + ".");
      }
    } catch (JsonParseException | InvalidProtocolBufferException e) {
      throw unreadable(String.valueOf(e.getMessage()).lines().findFirst().orElse("")).causedBy(e);
    }
  }

  private void readBody(JsonObject object, String text, Message.Builder into, String path)
      throws InvalidProtocolBufferException {
    List<FieldError> misfits = Misfits.of(object, into.getDescriptorForType(), path);
    errors.addAll(misfits);
    if (misfits.isEmpty()) {
      BODIES.merge(text, into);
    }
  }

  /** Who does not say what it is sends what is expected. */
  private void refuseIfNotJson() {
    String type = request.header("Content-Type").orElse(JSON);
    if (!JSON_TYPE.matcher(type).matches()) {
      throw HttpProblem.of(415, "the body has to be " + JSON + ", in UTF-8").header("Accept", JSON);
    }
  }

  private static HttpProblem unreadable(String why) {
    return HttpProblem.of(400, "the body is not the JSON expected here: " + why).because("INVALID");
  }

  private void readPath(String name) {
    FieldDescriptor field = Fields.at(type(), name);
    Message.Builder holder = Fields.holder(message, name);
    try {
      Object value = Fields.value(field, request.path(name));
      Object said = holder.getField(field);
      if (!said.equals(field.getDefaultValue()) && !said.equals(value)) {
        wrong(name, "is another one in the body than in the path");
      }
      holder.setField(field, value);
    } catch (IllegalArgumentException e) {
      wrong(name, e.getMessage());
    }
  }

  private void readQuery(String name, List<String> values) {
    Optional<FieldDescriptor> found =
        Fields.find(type(), name)
            .filter(field -> field.getJavaType() != FieldDescriptor.JavaType.MESSAGE)
            .filter(field -> !isSaidElsewhere(name));
    if (found.isEmpty()) {
      wrong(name, "is no query parameter here");
    } else if (values.size() > 1 && !found.get().isRepeated()) {
      wrong(name, "is given more than once");
    } else {
      set(name, found.get(), values);
    }
  }

  private void set(String name, FieldDescriptor field, List<String> values) {
    Message.Builder holder = Fields.holder(message, name);
    try {
      for (String each : values) {
        Object value = Fields.value(field, each);
        if (field.isRepeated()) {
          holder.addRepeatedField(field, value);
        } else {
          holder.setField(field, value);
        }
      }
    } catch (IllegalArgumentException e) {
      wrong(name, e.getMessage());
    }
  }

  private boolean isSaidElsewhere(String name) {
    String body = binding.body();
    return body.equals(Binding.EVERYTHING)
        || name.equals(body)
        || (!body.isEmpty() && name.startsWith(body + "."))
        || binding.pathNames().contains(name);
  }

  private Descriptor type() {
    return binding.method().getInputType();
  }

  private void wrong(String field, String problem) {
    errors.add(new FieldError(field, problem));
  }

  private void refuseIfWrong() {
    if (errors.isEmpty()) {
      return;
    }
    HttpProblem problem =
        HttpProblem.of(
                400,
                errors.stream()
                    .map(error -> error.field() + " " + error.problem())
                    .collect(Collectors.joining("; ")))
            .because("INVALID");
    for (FieldError error : errors) {
      problem = problem.error(error.field(), error.problem());
    }
    throw problem;
  }
}
