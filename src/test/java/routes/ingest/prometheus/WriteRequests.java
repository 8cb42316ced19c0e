package routes.ingest.prometheus;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes protobuf field by field, so that tests do not read with what they have written with. */
final class WriteRequests {

  /** The fields of a message. */
  @FunctionalInterface
  interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private WriteRequests() {}

  static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Fields all(Fields... fields) {
    return out -> {
      for (Fields field : fields) {
        field.write(out);
      }
    };
  }

  static Fields nested(int number, Fields... fields) {
    return out -> out.writeByteArray(number, message(all(fields)));
  }

  static Fields label(String name, String value) {
    return nested(1, text(1, name), text(2, value));
  }

  static Fields text(int number, String text) {
    return out -> out.writeString(number, text);
  }

  static Fields real(int number, double value) {
    return out -> out.writeDouble(number, value);
  }

  static Fields whole(int number, long value) {
    return out -> out.writeInt64(number, value);
  }

  static Fields signed(int number, int value) {
    return out -> out.writeSInt32(number, value);
  }

  static Fields sample(int number, double value, long time) {
    return nested(number, real(1, value), whole(2, time));
  }

  /** Numbers as one field. */
  static Fields packed(int number, Fields... values) {
    return nested(number, values);
  }

  static Fields symbols(int... references) {
    return packed(
        1,
        out -> {
          for (int reference : references) {
            out.writeUInt32NoTag(reference);
          }
        });
  }
}
