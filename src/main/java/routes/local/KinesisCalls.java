package routes.local;

import org.jspecify.annotations.Nullable;

/** The embedded Kinesis as the gateway sees it. */
@FunctionalInterface
interface KinesisCalls {

  @SuppressWarnings("ArrayRecordComponent")
  record Reply(int status, String contentType, byte[] body) {}

  Reply call(String operation, @Nullable String contentType, byte[] body);
}
