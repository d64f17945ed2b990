package dev.platformkit.image;

import static java.util.Objects.requireNonNull;

import dev.platformkit.engine.EngineControl;
import dev.platformkit.engine.EngineImage;
import dev.platformkit.image.Component.Kind;
import java.util.Locale;
import java.util.Optional;

/**
 * What there is to say of one image.
 *
 * @param component its name
 * @param source {@code built here} or {@code official}
 * @param image its reference
 * @param held what the engine holds of it; empty when it has to be built or pulled yet
 * @param why why it is this one
 */
public record ImageRow(
    String component, String source, String image, Optional<EngineImage> held, String why) {
  public ImageRow {
    requireNonNull(component, "component is null");
    requireNonNull(source, "source is null");
    requireNonNull(image, "image is null");
    requireNonNull(held, "held is null");
    requireNonNull(why, "why is null");
  }

  static ImageRow of(
      String variable, Resolution resolution, ImageChoice choice, EngineControl engine) {
    String image = resolution.image(variable);
    Optional<Component> built = resolution.built(variable);
    boolean ours = built.map(component -> component.kind() == Kind.SERVICE).orElse(false);
    return new ImageRow(
        built
            .map(Component::name)
            .orElse(
                variable.replaceFirst("_IMAGE$", "").toLowerCase(Locale.ROOT).replace('_', '-')),
        built.isPresent() ? "built here" : "official",
        image,
        engine.image(image),
        ours ? "a service of this project" : choice.why());
  }
}
