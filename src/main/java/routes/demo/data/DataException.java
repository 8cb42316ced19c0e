package routes.demo.data;

/** Something in a file is not as it must be. The message names file, line and reason. */
public final class DataException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * @param line from 1; 0 = not known
   */
  DataException(String file, int line, String reason) {
    super(line > 0 ? "%s, line %s: %s".formatted(file, line, reason) : file + ": " + reason);
  }
}
