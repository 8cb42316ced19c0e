package routes.ingest;

import routes.http.DecodedBody;
import routes.http.Dialect;
import routes.http.HttpProblem;
import routes.http.Reply;
import routes.http.RequestHead;

/** A way in which records come over HTTP: what its requests hold, and the words of its answers. */
public interface Protocol extends Dialect {

  /**
   * Sorts the records of a request from what is none.
   *
   * @throws HttpProblem when nothing of it is taken; 413 or 429 when it holds more than there is
   *     memory for
   */
  Received read(DecodedBody body, RequestHead request);

  /** Whether records are taken at present, for those who ask before they send. */
  default Reply health(IntakeHealth health) {
    return health.reply();
  }
}
