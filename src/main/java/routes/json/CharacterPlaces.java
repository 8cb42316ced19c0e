package routes.json;

/**
 * Finds characters, as Java counts them, among bytes in UTF-8, from the first to the last: takes
 * one pass in all. Not thread-safe.
 */
public final class CharacterPlaces {

  private final ByteSlice text;
  private int at;
  private long characters;

  /**
   * @param text in UTF-8 throughout
   */
  public CharacterPlaces(ByteSlice text) {
    this.text = text;
  }

  /**
   * The index within the slice where a character begins, its length for one behind the last.
   *
   * @param character its index, not less than that of the call before
   */
  public int of(long character) {
    byte[] b = text.array();
    int index = text.offset() + at;
    for (; characters < character && index < text.end(); characters++) {
      byte first = b[index];
      if (first >= 0) {
        index++;
      } else {
        // The lead says how many bytes follow; of four they are two characters.
        int length = Integer.numberOfLeadingZeros(~first << 24);
        index += length;
        characters += length == 4 ? 1 : 0;
      }
    }
    at = index - text.offset();
    return at;
  }
}
