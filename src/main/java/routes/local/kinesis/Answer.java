package routes.local.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Where an operation writes its answer; one that writes nothing answers an empty body. */
record Answer(WireFormat format, JsonGenerator out) {

  void timestamp(String member, long millis) throws IOException {
    out.writeFieldName(member);
    format.writeTimestamp(out, millis);
  }
}
