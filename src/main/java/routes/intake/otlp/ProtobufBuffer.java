package routes.intake.otlp;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Arrays;
import routes.intake.BodyMemory;
import routes.record.ByteSlice;

/**
 * A protobuf message that is written from its beginning to its end, though the lengths of the
 * messages in it are not known when they begin. Takes memory as it grows. Not thread-safe.
 */
final class ProtobufBuffer {

  /** A tag and a number, or the length of a text. */
  private static final int MAX_SCALAR_BYTES = 20;

  /** A length is written in as many bytes as the longest needs, which protobuf allows. */
  private static final int LENGTH_BYTES = 5;

  private final BodyMemory.Share memory;
  private byte[] bytes = {};
  private int length;

  ProtobufBuffer(BodyMemory.Share memory) {
    this.memory = memory;
  }

  /** What was written. */
  ByteSlice bytes() {
    return new ByteSlice(bytes, 0, length);
  }

  /** Begins a message in a field and answers with what its end has to be told. */
  int startMessage(int field) throws IOException {
    write(out -> out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED));
    length += LENGTH_BYTES;
    return length;
  }

  void endMessage(int start) {
    int rest = length - start;
    for (int at = start - LENGTH_BYTES; at < start - 1; at++) {
      bytes[at] = (byte) ((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes[start - 1] = (byte) rest;
  }

  void writeBytes(int field, byte[] value) throws IOException {
    writeBytes(field, value, 0, value.length);
  }

  void writeBytes(int field, byte[] array, int offset, int count) throws IOException {
    write(
        out -> {
          out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
          out.writeUInt32NoTag(count);
        });
    makeRoom(count);
    System.arraycopy(array, offset, bytes, length, count);
    length += count;
  }

  /** Writes a whole number as the field's type wants it. */
  void writeWhole(FieldDescriptor field, long value) throws IOException {
    int number = field.getNumber();
    write(
        out -> {
          switch (field.getType()) {
            case FIXED64, SFIXED64 -> out.writeFixed64(number, value);
            case FIXED32, SFIXED32 -> out.writeFixed32(number, (int) value);
            case SINT32 -> out.writeSInt32(number, (int) value);
            case SINT64 -> out.writeSInt64(number, value);
            case INT32, ENUM -> out.writeInt32(number, (int) value);
            case UINT32 -> out.writeUInt32(number, (int) value);
            default -> out.writeUInt64(number, value);
          }
        });
  }

  void writeDouble(int field, double value) throws IOException {
    write(out -> out.writeDouble(field, value));
  }

  void writeBool(int field, boolean value) throws IOException {
    write(out -> out.writeBool(field, value));
  }

  private void write(Scalar scalar) throws IOException {
    makeRoom(MAX_SCALAR_BYTES);
    CodedOutputStream out = CodedOutputStream.newInstance(bytes, length, bytes.length - length);
    scalar.writeTo(out);
    length += out.getTotalBytesWritten();
  }

  private void makeRoom(int more) {
    if (bytes.length - length >= more) {
      return;
    }
    int before = bytes.length;
    int capacity = Math.max(length + more, before + before / 2);
    memory.require(capacity);
    bytes = Arrays.copyOf(bytes, capacity);
    memory.giveBack(before);
  }

  /** One value with its tag. */
  @FunctionalInterface
  private interface Scalar {
    void writeTo(CodedOutputStream out) throws IOException;
  }
}
