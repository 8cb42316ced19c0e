package routes.json;

import static java.util.stream.Collectors.joining;

import java.util.stream.IntStream;

/** Names that Jackson's tables of names cannot tell apart by their hashes, whatever their seeds. */
public final class AlikeNames {

  private AlikeNames() {}

  /** Fields of 0, for parsers of bytes, which add up the later bytes of a name, four at a time. */
  public static String ofBytes(int powerOfTwo) {
    return fields("twelve bytes", "aaaabbbb", "bbbbaaaa", powerOfTwo);
  }

  /** Fields of 0, for parsers of characters, which multiply by 33 before they add the next. */
  public static String ofCharacters(int powerOfTwo) {
    return fields("", "Bb", "CA", powerOfTwo);
  }

  private static String fields(String head, String one, String other, int powerOfTwo) {
    return IntStream.range(0, 1 << powerOfTwo)
        .mapToObj(
            i ->
                IntStream.range(0, powerOfTwo)
                    .mapToObj(bit -> (i >> bit & 1) == 0 ? one : other)
                    .collect(joining("", "\"" + head, "\":0")))
        .collect(joining(","));
  }
}
