package routes.ingest.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import routes.json.ByteSlice;
import routes.json.Utf8;

/**
 * Writes U+FFFD for what is not UTF-8 in the texts of a protobuf message. They must be UTF-8, but
 * not every library looks: OpenTelemetry's collector passes the bytes of a log file on.
 */
final class RepairedTexts {

  private RepairedTexts() {}

  /**
   * The same message with texts that are texts.
   *
   * @param levels how deep messages in it are looked into
   * @throws IOException when it is no message
   */
  static ByteSlice of(ByteSlice message, Descriptor type, int levels) throws IOException {
    CodedInputStream in =
        CodedInputStream.newInstance(message.array(), message.offset(), message.length());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.length() + 2);
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    int start = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        int length = in.readRawVarint32();
        int from = in.getTotalBytesRead();
        in.skipRawBytes(length);
        ByteSlice value = repaired(message.slice(from, from + length), field, levels);
        out.writeUInt32NoTag(tag);
        out.writeUInt32NoTag(value.length());
        out.writeRawBytes(value.array(), value.offset(), value.length());
      } else {
        in.skipField(tag);
        out.writeRawBytes(
            message.array(), message.offset() + start, in.getTotalBytesRead() - start);
      }
      start = in.getTotalBytesRead();
    }
    out.flush();
    return ByteSlice.of(bytes.toByteArray());
  }

  private static ByteSlice repaired(ByteSlice value, @Nullable FieldDescriptor field, int levels)
      throws IOException {
    if (field == null) {
      return value;
    }
    return switch (field.getJavaType()) {
      case STRING -> Utf8.repaired(value);
      case MESSAGE -> levels == 0 ? value : of(value, field.getMessageType(), levels - 1);
      default -> value;
    };
  }
}
