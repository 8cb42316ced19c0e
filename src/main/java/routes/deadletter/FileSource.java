package routes.deadletter;

/**
 * A line of a file.
 *
 * @param file its name or path
 * @param since when the file was first seen, in ISO-8601: others may have had its name before
 * @param offset in bytes from the start of the file to the line, from 0
 * @param line counted from 1
 */
public record FileSource(String file, String since, long offset, long line) implements Source {}
