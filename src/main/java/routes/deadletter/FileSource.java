package routes.deadletter;

/**
 * A line of a file.
 *
 * @param file its name or path
 * @param offset in bytes from the start of the file to the line, from 0
 * @param line counted from 1
 */
public record FileSource(String file, long offset, long line) implements Source {}
