package routes.record;

import org.jspecify.annotations.Nullable;

/**
 * Which service names are acceptable. A record knows only that its service must name a place in the
 * lake; whoever names places implements the rule. Must be a pure function.
 */
@FunctionalInterface
public interface ServiceRule {

  /** What is wrong with the name, as the end of a sentence about it, or null when it is fine. */
  @Nullable String objection(String service);
}
