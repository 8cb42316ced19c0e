package routes.local.kinesis;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * The two encodings of the Kinesis API. They differ in timestamps: JSON has epoch seconds with a
 * fraction, CBOR has epoch milliseconds under tag 1, which is not what the CBOR standard says but
 * what the AWS SDKs write and read.
 */
enum WireFormat {
  JSON("application/x-amz-json-1.1", new ObjectMapper()) {
    @Override
    void writeTimestamp(JsonGenerator out, long millis) throws IOException {
      out.writeNumber(BigDecimal.valueOf(millis, 3));
    }

    @Override
    long millis(JsonNode timestamp) {
      return timestamp.decimalValue().movePointRight(3).longValue();
    }
  },

  CBOR("application/x-amz-cbor-1.1", new CBORMapper()) {
    @Override
    void writeTimestamp(JsonGenerator out, long millis) throws IOException {
      ((CBORGenerator) out).writeTag(EPOCH_TAG);
      out.writeNumber(millis);
    }

    @Override
    long millis(JsonNode timestamp) {
      return timestamp.longValue();
    }
  };

  private static final int EPOCH_TAG = 1;

  private final String contentType;

  // Nobody configures it any more, and from then on it may be shared.
  @SuppressWarnings("ImmutableEnumChecker")
  private final ObjectMapper mapper;

  WireFormat(String contentType, ObjectMapper mapper) {
    this.contentType = contentType;
    this.mapper = mapper;
  }

  /** The encoding a content type names; JSON for anything that is not CBOR. */
  static WireFormat of(String contentType) {
    return contentType.startsWith(CBOR.contentType) ? CBOR : JSON;
  }

  String contentType() {
    return contentType;
  }

  ObjectMapper mapper() {
    return mapper;
  }

  abstract void writeTimestamp(JsonGenerator out, long millis) throws IOException;

  /** Epoch milliseconds. */
  abstract long millis(JsonNode timestamp);
}
