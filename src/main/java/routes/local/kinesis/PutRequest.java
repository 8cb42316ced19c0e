package routes.local.kinesis;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members of a {@code PutRecords} request, read in one pass because most of what this Kinesis
 * does goes through here.
 */
final class PutRequest {

  private static final int MAX_ENTRIES = 500;

  private final List<PutEntry> entries = new ArrayList<>();
  private @Nullable String streamName;
  private @Nullable String streamArn;
  private boolean hasRecords;

  private PutRequest() {}

  static PutRequest read(WireFormat format, byte[] body) throws IOException {
    PutRequest request = new PutRequest();
    try (JsonParser parser = format.mapper().createParser(body)) {
      expect(parser.nextToken(), JsonToken.START_OBJECT);
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        switch (name) {
          case "StreamName" -> request.streamName = text(parser);
          case "StreamARN" -> request.streamArn = text(parser);
          case "Records" -> request.readEntries(parser);
          default -> parser.skipChildren();
        }
      }
    }
    return request;
  }

  private void readEntries(JsonParser parser) throws IOException {
    expect(parser.currentToken(), JsonToken.START_ARRAY);
    hasRecords = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(parser.currentToken(), JsonToken.START_OBJECT);
      entries.add(readEntry(parser));
    }
  }

  private static PutEntry readEntry(JsonParser parser) throws IOException {
    String partitionKey = null;
    String explicitHashKey = null;
    byte[] data = null;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      switch (name) {
        case "PartitionKey" -> partitionKey = text(parser);
        case "ExplicitHashKey" -> explicitHashKey = text(parser);
        case "Data" -> data = blob(parser);
        default -> parser.skipChildren();
      }
    }
    return new PutEntry(partitionKey, data, explicitHashKey);
  }

  private static @Nullable String text(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    expect(parser.currentToken(), JsonToken.VALUE_STRING);
    return parser.getText();
  }

  private static byte @Nullable [] blob(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_STRING, VALUE_EMBEDDED_OBJECT -> parser.getBinaryValue();
      default -> throw KinesisException.serialization("Data is no blob.");
    };
  }

  private static void expect(@Nullable JsonToken found, JsonToken wanted) {
    if (found != wanted) {
      throw KinesisException.serialization("Expected %s, found %s.".formatted(wanted, found));
    }
  }

  String streamName() {
    return Account.streamName(streamName, streamArn);
  }

  List<PutEntry> entries() {
    if (!hasRecords) {
      throw Constraints.violated(null, "records", "Member must not be null");
    }
    Constraints.length("records", "[...]", entries.size(), 1, MAX_ENTRIES);
    return entries;
  }
}
