package routes.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Checks that bytes are one JSON object and finds the fields that mean something. Values are passed
 * over, not decoded. Safe for use by many threads.
 */
final class FieldScanner {

  private final FieldIndex index;
  private final JsonFactory json;
  private final int maxDepth;

  FieldScanner(FieldIndex index, int maxDepth) {
    this.index = index;
    this.maxDepth = maxDepth;
    // The only limit left to Jackson is depth: length is limited before, and the table of names is
    // shared between records, so failing on its collisions would make one record's fate depend on
    // others.
    this.json =
        JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(maxDepth)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();
  }

  /** Scans bytes that hold UTF-8 and neither begin nor end with white space. */
  FieldScan scan(ByteSlice record) throws RejectedException {
    if (record.isEmpty() || record.at(0) != '{') {
      throw new RejectedException(
          Reason.NOT_AN_OBJECT,
          "A record is a JSON object, from { to }; this begins with " + Excerpt.of(record));
    }
    // Jackson would take a NUL here for the sign of UTF-16 or UTF-32.
    if (record.length() > 1 && record.at(1) == 0) {
      throw new RejectedException(Reason.NOT_JSON, "Not JSON at byte 1: a NUL");
    }
    try (JsonParser parser = json.createParser(record.array(), record.offset(), record.length())) {
      parser.nextToken();
      FieldScan fields = new FieldScan(record, index);
      scanFields(parser, fields);
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "something follows the record");
      }
      return fields;
    } catch (StreamConstraintsException e) {
      throw new RejectedException(
          Reason.TOO_DEEP, "The record nests deeper than " + maxDepth + " levels");
    } catch (JsonProcessingException e) {
      throw new RejectedException(
          Reason.NOT_JSON,
          "Not JSON at byte "
              + e.getLocation().getByteOffset()
              + ": "
              + Excerpt.of(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void scanFields(JsonParser parser, FieldScan fields) throws IOException {
    String name;
    while ((name = parser.nextFieldName()) != null) {
      fields.sawField();
      JsonToken value = parser.nextToken();
      FieldIndex.Entry entry = index.find(name);
      if (entry != null) {
        if (entry.slot() != FieldIndex.NO_SLOT) {
          fields.found(entry.slot(), start(parser));
        }
        if (!entry.inside().isEmpty()) {
          entry.inside().values().forEach(fields::forget);
          if (value == JsonToken.START_OBJECT) {
            scanInside(parser, entry, fields);
          }
        }
      }
      parser.skipChildren();
    }
  }

  private static void scanInside(JsonParser parser, FieldIndex.Entry entry, FieldScan fields)
      throws IOException {
    String name;
    while ((name = parser.nextFieldName()) != null) {
      parser.nextToken();
      Integer slot = entry.inside().get(name);
      if (slot != null) {
        fields.found(slot, start(parser));
      }
      parser.skipChildren();
    }
  }

  private static int start(JsonParser parser) {
    return (int) parser.currentTokenLocation().getByteOffset();
  }
}
