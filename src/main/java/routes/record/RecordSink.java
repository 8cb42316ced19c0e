package routes.record;

import routes.json.ByteSlice;

/** Takes what a {@link RecordReader} finds, in order. */
@FunctionalInterface
public interface RecordSink {

  /**
   * Takes one element.
   *
   * @param index the element's place, from 0, whatever became of those before it
   * @param bytes the element as it came, without white space around it
   * @param result the record, or why it is none
   */
  void accept(int index, ByteSlice bytes, ParseResult result);
}
