package routes.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import routes.json.ByteSlice;
import routes.json.CharacterPlaces;
import routes.json.ForeignJson;

/**
 * Checks that bytes are one JSON object and finds the fields that mean something. Values are passed
 * over, not decoded. Safe for use by many threads.
 */
final class FieldScanner {

  private final FieldIndex index;

  private final JsonFactory json;
  private final JsonFactory strict;
  private final ThreadLocal<SeenNames> seenNames = ThreadLocal.withInitial(SeenNames::new);
  private final int maxDepth;

  FieldScanner(FieldIndex index, int maxDepth) {
    this.index = index;
    this.maxDepth = maxDepth;
    this.json = factory(false);
    this.strict = factory(true);
  }

  /** The only limit left to Jackson is depth: length is limited before. */
  private JsonFactory factory(boolean strict) {
    return ForeignJson.builder()
        .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, strict)
        .streamReadConstraints(ForeignJson.ANY_LENGTH.rebuild().maxNestingDepth(maxDepth).build())
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
    FieldScan plain = new FieldScan(record, index);
    SeenNames seen = seenNames.get();
    seen.next();
    return new PlainScan(record, plain, seen, maxDepth).run(index.top()) ? plain : parse(record);
  }

  /** The same of any record, with a parser, for what {@link PlainScan} does not vouch for. */
  FieldScan parse(ByteSlice record) throws RejectedException {
    try (JsonParser parser = ForeignJson.parser(record, json)) {
      parser.nextToken();
      FieldScan fields = new FieldScan(record, index);
      SeenNames seen = seenNames.get();
      seen.next();
      scanFields(parser, index.top(), fields, seen, new CharacterPlaces(record));
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "something follows the record");
      }
      if (seen.isDoubtful()) {
        checkNames(record);
      }
      return fields;
    } catch (StreamConstraintsException e) {
      throw new RejectedException(
          Reason.TOO_DEEP, "The record nests deeper than " + maxDepth + " levels");
    } catch (JsonProcessingException e) {
      throw new RejectedException(
          Reason.NOT_JSON,
          "Not JSON at byte "
              + new CharacterPlaces(record).of(e.getLocation().getCharOffset())
              + ": "
              + Excerpt.of(e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void scanFields(
      JsonParser parser,
      FieldIndex.Names names,
      FieldScan fields,
      SeenNames seen,
      CharacterPlaces places)
      throws IOException {
    int object = seen.object();
    String name;
    while ((name = parser.nextFieldName()) != null) {
      fields.sawField();
      seen.add(name.hashCode(), object);
      JsonToken value = parser.nextToken();
      FieldIndex.Entry entry = names.find(name);
      if (entry != null && entry.slot() != FieldIndex.NO_SLOT) {
        fields.found(entry.slot(), places.of(parser.currentTokenLocation().getCharOffset()));
      }
      if (entry != null && entry.inside() != null && value == JsonToken.START_OBJECT) {
        scanFields(parser, entry.inside(), fields, seen, places);
      } else if (value.isStructStart()) {
        pass(parser, value, seen);
      }
    }
  }

  /** Passes over an object or array that means nothing here. */
  private static void pass(JsonParser parser, JsonToken start, SeenNames seen) throws IOException {
    boolean isObject = start == JsonToken.START_OBJECT;
    int object = seen.object();
    for (JsonToken next = parser.nextToken(); !next.isStructEnd(); next = parser.nextToken()) {
      if (isObject) {
        seen.add(parser.currentName().hashCode(), object);
        next = parser.nextToken();
      }
      if (next.isStructStart()) {
        pass(parser, next, seen);
      }
    }
  }

  /**
   * Finds a name that is twice in one object, which RFC 8259 (section 4) leaves to each reader:
   * some take the first, some the last, and some refuse all of the file.
   */
  private void checkNames(ByteSlice record) throws IOException {
    try (JsonParser parser = ForeignJson.parser(record, strict)) {
      while (parser.nextToken() != null) {
        // The parser itself looks for it.
      }
    }
  }
}
