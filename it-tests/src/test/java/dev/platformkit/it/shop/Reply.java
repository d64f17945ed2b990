package dev.platformkit.it.shop;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** What the gateway answered. */
record Reply(String question, HttpResponse<String> response) {
  int status() {
    return response.statusCode();
  }

  JsonNode json() {
    return Json.read(response.body());
  }

  String text(String field) {
    return json().path(field).asText();
  }

  Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  /** The fields that a problem names. */
  List<String> fields() {
    return json().path("errors").findValuesAsText("field");
  }

  @Override
  public String toString() {
    return "%s -> %d %s".formatted(question, status(), response.body());
  }
}
