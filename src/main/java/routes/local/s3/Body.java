package routes.local.s3;

import java.io.IOException;

/** Takes the body of one request, piece by piece, and answers when it has all of it. */
interface Body {

  /**
   * Takes a piece.
   *
   * @throws S3Exception when the request is refused; what is sent behind is thrown away
   */
  void write(byte[] piece) throws IOException;

  /** Answers; called once, after all pieces. */
  Reply answer() throws IOException;

  /** Lets go of what was taken; called last, and also when the client went away. */
  void close() throws IOException;
}
