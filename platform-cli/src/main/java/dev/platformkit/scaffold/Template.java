package dev.platformkit.scaffold;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A text of the resources with {@code {{service.name}}}, {@code {{service.package}}}, {@code
 * {{service.class}}} and {@code {{service.variable}}} in it. Other braces are the file's own: those
 * of Compose, of alerts and of journeys look alike.
 */
final class Template {
  private static final Pattern PLACE = Pattern.compile("\\{\\{service\\.([a-z]+)\\}\\}");
  private static final String IMPORT = "import dev.platformkit.";

  private Template() {}

  /**
   * The text for one service.
   *
   * @param resource its name below {@code service/}
   * @throws IllegalStateException where there is no such resource, or it names what we do not know
   */
  static String fill(String resource, ServiceName service) {
    Map<String, String> values =
        Map.of(
            "name", service.text(),
            "package", service.packageName(),
            "class", service.className(),
            "variable", service.imageVariable());
    String text = PLACE.matcher(read(resource)).replaceAll(place -> value(resource, place, values));
    return resource.endsWith(".java") ? withSortedImports(text) : text;
  }

  private static String value(String resource, MatchResult place, Map<String, String> values) {
    String value = values.get(place.group(1));
    if (value == null) {
      throw new IllegalStateException(resource + " has " + place.group() + ", which nothing fills");
    }
    return value;
  }

  private static String read(String resource) {
    try (InputStream stream = Template.class.getResourceAsStream("service/" + resource)) {
      if (stream == null) {
        throw new IllegalStateException("there is no resource service/" + resource);
      }
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In which order imports of a service's own classes stand depends on its name. */
  private static String withSortedImports(String text) {
    List<String> lines = new ArrayList<>(text.lines().toList());
    int first = 0;
    while (first < lines.size() && !lines.get(first).startsWith(IMPORT)) {
      first++;
    }
    int end = first;
    while (end < lines.size() && lines.get(end).startsWith(IMPORT)) {
      end++;
    }
    // By the names themselves: the semicolon comes after the dot that begins a nested class.
    lines.subList(first, end).sort((a, b) -> a.replace(";", "").compareTo(b.replace(";", "")));
    return String.join("\n", lines) + "\n";
  }
}
