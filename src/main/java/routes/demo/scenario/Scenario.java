package routes.demo.scenario;

import routes.demo.pattern.Pattern;
import routes.demo.town.Service;

/**
 * A fault at a place, so strong and of such a shape.
 *
 * @param id unique
 * @param type the kind of fault, such as {@code cpu-spike}
 * @param intensity 0 to 1
 * @param shape a share of the intensity over the time it lasts, which is from 0 to 1 here
 * @param rhythm a share of that by the calendar, in seconds since 1970
 * @param seconds how long it lasts unless somebody says otherwise
 * @param text a sentence about it, with {@code {place}}, {@code {strength}} and {@code {shape}}
 */
public record Scenario(
    String id,
    String type,
    String title,
    String group,
    Service place,
    String strength,
    double intensity,
    String shapeName,
    Pattern shape,
    Pattern rhythm,
    int seconds,
    Effect effect,
    Spread spread,
    String text) {

  /** The same with another intensity, which a sentence about it then says as a number too. */
  public Scenario at(double otherIntensity) {
    return new Scenario(
        id,
        type,
        title,
        group,
        place,
        strength,
        otherIntensity,
        shapeName,
        shape,
        rhythm,
        seconds,
        effect,
        spread,
        otherIntensity == intensity
            ? text
            : text.replace("{strength}", "{strength}, " + percent(otherIntensity)));
  }

  /**
   * How strong it is, from 0 to 1.
   *
   * @param progress how much of the time that it lasts is over, from 0 to 1
   * @param seconds since 1970
   */
  double strength(double progress, double seconds) {
    return intensity * shape.at(progress) * rhythm.at(seconds);
  }

  /** A sentence about it. */
  public String description() {
    return text.replace("{place}", place.name())
        .replace("{strength}", strength)
        .replace("{shape}", shapeName);
  }

  private static String percent(double intensity) {
    return Math.round(100 * intensity) + " %";
  }
}
