package routes.cloud;

import org.jspecify.annotations.Nullable;

/**
 * A cloud that cannot be used as configured.
 *
 * <p>The message is one line for the operator: what happened, with which value, and what to do.
 */
public final class CloudException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public CloudException(String oneLine) {
    this(oneLine, null);
  }

  public CloudException(String oneLine, @Nullable Throwable cause) {
    super(oneLine, cause);
  }
}
