package dev.platformkit.kit.http;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;

/** JSON as it goes over the wire: {@code snake_case} names, nothing sloppy accepted. */
public final class Json {
  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .setStrictness(Strictness.STRICT)
          .disableHtmlEscaping()
          .create();

  private Json() {}

  /** Null when the text is empty or says {@code null}. */
  public static <T> T read(String text, Class<T> type) {
    return GSON.fromJson(text, type);
  }

  public static String write(Object value) {
    return GSON.toJson(value);
  }

  /** The first line of what the parser says; the rest is for its own developers. */
  static String why(JsonParseException e) {
    String message = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    return message == null ? e.toString() : message.lines().findFirst().orElse("");
  }
}
