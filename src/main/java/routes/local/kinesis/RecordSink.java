package routes.local.kinesis;

import java.io.IOException;

/** Takes records as they are read. */
interface RecordSink {

  /** Takes the record the cursor is at; false if it was not taken and no more are wanted. */
  boolean accept(RecordCursor record) throws IOException;
}
