package routes.ledger;

/**
 * What became of what arrived on a stream within one hour.
 *
 * @param read elements that were read, whatever they are
 * @param records those that are in the lake
 * @param copies those that were recognised as copies, and left out
 * @param rejected those that are no records, and are done with
 */
public record HourCount(long read, long records, long copies, long rejected) {

  public static final HourCount NONE = new HourCount(0, 0, 0, 0);

  static HourCount read(long elements) {
    return new HourCount(elements, 0, 0, 0);
  }

  public HourCount plus(HourCount more) {
    return new HourCount(
        read + more.read, records + more.records, copies + more.copies, rejected + more.rejected);
  }

  /** Those of which nothing became yet. */
  public long open() {
    return read - records - copies - rejected;
  }
}
