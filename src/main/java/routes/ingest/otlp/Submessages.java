package routes.ingest.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;

/** The messages in one field of a protobuf message, one after the other and still as bytes. */
final class Submessages {

  private final ByteSlice message;
  private final int field;
  private final CodedInputStream in;

  /**
   * Looks through a message.
   *
   * @param field the number of the field
   */
  Submessages(ByteSlice message, int field) {
    this.message = message;
    this.field = field;
    this.in = CodedInputStream.newInstance(message.array(), message.offset(), message.length());
  }

  /**
   * The next one, or null where there are no more.
   *
   * @throws com.google.protobuf.InvalidProtocolBufferException when this is no message
   */
  @Nullable ByteSlice next() throws IOException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == field
          && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        int length = in.readRawVarint32();
        int start = in.getTotalBytesRead();
        in.skipRawBytes(length);
        return message.slice(start, start + length);
      }
      if (!in.skipField(tag)) {
        break;
      }
    }
    in.checkLastTagWas(0);
    return null;
  }
}
