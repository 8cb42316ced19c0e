package routes.ingest.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import routes.http.BodyMemory;
import routes.json.ByteSlice;

/**
 * Builds protobuf messages once there is memory for what they become: two bytes can be an object of
 * forty. Not thread-safe.
 */
final class MessageBuilding {

  /** How deep messages may lie in each other: an array in an array is two levels. */
  private static final int MAX_DEPTH = 700;

  /** For each field, whose value is an object and has a place in a list. */
  private static final int BYTES_A_FIELD = 100;

  /** Messages lie deeper in each other than in any record that is acceptable. */
  static final class TooDeepException extends InvalidProtocolBufferException {

    private static final long serialVersionUID = 1;

    TooDeepException() {
      super("The record nests deeper than " + MAX_DEPTH + " messages of protobuf");
    }
  }

  private final BodyMemory.Share memory;
  private final int maxBytes;
  private final int bytesAByte;

  /**
   * Builds messages of one request.
   *
   * @param maxBytes of longer ones not all is built
   * @param bytesAByte what a byte takes in the message and after that
   */
  MessageBuilding(BodyMemory.Share memory, int maxBytes, int bytesAByte) {
    this.bytesAByte = bytesAByte;
    this.memory = memory;
    this.maxBytes = maxBytes;
  }

  /**
   * A message that was built.
   *
   * @param length of its bytes; where that is more than may be built, the rest is missing
   * @param held the memory it takes, to be given back
   */
  record Built<M extends Message>(M message, long length, long held) {}

  /** The message in a field that is not repeated; its parts where it is nevertheless. */
  <M extends Message> Built<M> singular(ByteSlice message, int field, M type) throws IOException {
    Built<M> built = new Built<>(type, 0, 0);
    Submessages parts = new Submessages(message, field);
    for (ByteSlice part = parts.next(); part != null; part = parts.next()) {
      long length = built.length + part.length();
      built =
          length <= maxBytes ? merged(built, part) : new Built<>(built.message, length, built.held);
    }
    return built;
  }

  /**
   * A message as a whole.
   *
   * @throws TooDeepException when that alone is wrong with it, as far as it was read
   */
  <M extends Message> Built<M> whole(ByteSlice message, M type) throws IOException {
    Built<M> none = new Built<>(type, 0, 0);
    return message.length() <= maxBytes
        ? merged(none, message)
        : new Built<>(type, message.length(), 0);
  }

  /** Gives the memory of a message back, which nobody uses any more. */
  void drop(Built<?> built) {
    memory.giveBack(built.held);
  }

  private <M extends Message> Built<M> merged(Built<M> built, ByteSlice part) throws IOException {
    Descriptor type = built.message.getDescriptorForType();
    long bytes = BYTES_A_FIELD * fields(reader(part), type, 0) + (long) bytesAByte * part.length();
    memory.require(bytes);
    M message;
    try {
      message = merged(built.message, part);
    } catch (InvalidProtocolBufferException malformed) {
      ByteSlice repaired = RepairedTexts.of(part, type, MAX_DEPTH);
      if (repaired.equals(part)) {
        throw malformed;
      }
      message = merged(built.message, repaired);
    }
    return new Built<>(message, built.length + part.length(), built.held + bytes);
  }

  @SuppressWarnings("unchecked") // A builder builds what it was made for.
  private static <M extends Message> M merged(M message, ByteSlice part) throws IOException {
    return (M)
        message.toBuilder()
            .mergeFrom(reader(part), ExtensionRegistryLite.getEmptyRegistry())
            .build();
  }

  private static CodedInputStream reader(ByteSlice part) {
    CodedInputStream in = CodedInputStream.newInstance(part.array(), part.offset(), part.length());
    in.setRecursionLimit(MAX_DEPTH);
    return in;
  }

  /**
   * Counts the fields of a message, or to the end of a group, and of all in it.
   *
   * @param type null = unknown
   */
  private static long fields(CodedInputStream in, @Nullable Descriptor type, int depth)
      throws IOException {
    long fields = 0;
    for (int tag = in.readTag(); tag != 0 && !isEndOfGroup(tag); tag = in.readTag()) {
      fields++;
      Descriptor inner = messageType(type, tag);
      if (depth == MAX_DEPTH && (inner != null || isGroup(tag))) {
        throw new TooDeepException();
      }
      if (inner != null) {
        int limit = in.pushLimit(in.readRawVarint32());
        fields += fields(in, inner, depth + 1);
        in.popLimit(limit);
      } else if (isGroup(tag)) {
        fields += fields(in, null, depth + 1);
      } else {
        in.skipField(tag);
      }
    }
    return fields;
  }

  private static boolean isEndOfGroup(int tag) {
    return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_END_GROUP;
  }

  private static boolean isGroup(int tag) {
    return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_START_GROUP;
  }

  private static @Nullable Descriptor messageType(@Nullable Descriptor type, int tag) {
    if (type == null || WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      return null;
    }
    FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
    return field != null && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        ? field.getMessageType()
        : null;
  }
}
