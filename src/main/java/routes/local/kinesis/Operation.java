package routes.local.kinesis;

import java.io.IOException;

/** One operation of the API. */
interface Operation {

  /**
   * Does it and writes its answer.
   *
   * @throws KinesisException to answer an error instead
   */
  void run(WireFormat format, byte[] body, Answer answer) throws IOException;

  /** An operation whose request is small enough to be read as a whole. */
  interface Simple {
    void run(Request request, Answer answer) throws IOException;
  }

  static Operation of(Simple operation) {
    return (format, body, answer) -> operation.run(Request.read(format, body), answer);
  }
}
