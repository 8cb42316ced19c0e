package routes.settings;

/**
 * A setting the application cannot start with. The message is one line, made for whoever typed the
 * value: the variable, the value (never a secret's) and what is allowed.
 */
public final class SettingsException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public SettingsException(String message) {
    super(message);
  }
}
