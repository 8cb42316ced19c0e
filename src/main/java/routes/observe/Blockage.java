package routes.observe;

import java.time.Duration;

/**
 * Something that takes longer than it does when all is well.
 *
 * @param what is being tried
 * @param age how long it has been tried
 * @param reason why it has not succeeded, as far as that is known
 */
public record Blockage(String what, Duration age, String reason) {

  @Override
  public String toString() {
    return "Cannot %s for %s s now: %s".formatted(what, age.toSeconds(), reason);
  }
}
