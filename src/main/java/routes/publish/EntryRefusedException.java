package routes.publish;

import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** What Kinesis answered for one record of a request that otherwise succeeded. */
final class EntryRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  EntryRefusedException(PutRecordsResultEntry answer) {
    // Thrown nowhere, only told to the caller as a cause: a stack trace would say nothing.
    super(answer.errorCode() + ": " + answer.errorMessage(), null, false, false);
  }
}
