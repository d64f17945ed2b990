package dev.platformkit.verify.journey;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text with places for values, {@code /v1/products/{{product}}}. */
public record Template(String text) {
  private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*([A-Za-z_][\\w-]*)\\s*\\}\\}");

  public Template {
    requireNonNull(text, "text is null");
  }

  /** The names of the values that it needs. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    Matcher place = PLACE.matcher(text);
    while (place.find()) {
      names.add(place.group(1));
    }
    return names;
  }

  /**
   * The text with its values.
   *
   * @throws IllegalArgumentException if one is missing; the reader of journeys has refused that
   */
  public String with(Map<String, String> values) {
    return PLACE
        .matcher(text)
        .replaceAll(
            place -> {
              String value = values.get(place.group(1));
              if (value == null) {
                throw new IllegalArgumentException("no value for " + place.group());
              }
              return Matcher.quoteReplacement(value);
            });
  }

  /** What it stands for, in words that do not give it away: the name of {@code {{secret}}}. */
  public String named() {
    return text.replace("{{", "").replace("}}", "");
  }
}
