package routes.record;

import java.time.Instant;
import routes.json.ByteSlice;

/**
 * Finds the records in a body of any of the usual shapes, told by its bytes and not by a content
 * type: one object, an array, JSON Lines, objects one after the other, with a byte order mark, over
 * several lines or mixed. Safe for use by many threads.
 *
 * <p>Nothing is dropped: what is no record is rejected in its place. After a value without an end,
 * such as a cut-off line, reading goes on at the next line that starts with an opening brace; where
 * there is none, the rest is one rejected element.
 */
public final class RecordReader {

  private final RecordParser parser;

  public RecordReader(RecordParser parser) {
    this.parser = parser;
  }

  /** Reads records that are stored as they came, such as those in one record of the stream. */
  public void read(ByteSlice payload, Instant arrival, RecordSink sink) {
    new BodyScan(payload, element -> parser.parse(element, arrival), sink).run();
  }

  /** Reads a body at intake, where what records lack is appended to them. */
  public void read(ByteSlice body, Instant arrival, Enrichment enrichment, RecordSink sink) {
    new BodyScan(body, element -> parser.parse(element, arrival, enrichment), sink).run();
  }
}
