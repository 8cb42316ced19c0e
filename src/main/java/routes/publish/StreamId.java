package routes.publish;

import org.jspecify.annotations.Nullable;

/** The stream a request names, by name or by ARN. */
record StreamId(@Nullable String name, @Nullable String arn) {

  @Override
  public String toString() {
    return name != null ? name : String.valueOf(arn);
  }
}
