package routes.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.TSFBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;

/**
 * Reads JSON that others wrote. Names are not kept: Jackson's tables of them have hashes that
 * anybody can make collide, and then are searched from end to end, or give up. Its parser for bytes
 * cannot do without, so one for characters reads them, which tells places in those; see {@link
 * CharacterPlaces}.
 */
public final class ForeignJson {

  /** Nothing is too long; each level takes memory, and ten times as many as a record may have. */
  public static final StreamReadConstraints ANY_LENGTH =
      StreamReadConstraints.builder()
          .maxNestingDepth(1000)
          .maxNameLength(Integer.MAX_VALUE)
          .maxNumberLength(Integer.MAX_VALUE)
          .maxStringLength(Integer.MAX_VALUE)
          .build();

  private static final JsonFactory FACTORY = builder().build();

  /** Up to here Jackson has a buffer at hand; what is longer is not copied as a whole. */
  private static final int SHORT_BYTES = 0x8000;

  private ForeignJson() {}

  /** A parser of what is of any length. What is not UTF-8 is U+FFFD to it. */
  public static JsonParser parser(ByteSlice json) {
    return parser(json, FACTORY);
  }

  /**
   * A parser with other settings.
   *
   * @param factory of {@link #builder}
   */
  public static JsonParser parser(ByteSlice json, JsonFactory factory) {
    try {
      return json.length() <= SHORT_BYTES
          ? factory.createParser(json.toString())
          : factory.createParser(
              new InputStreamReader(
                  new ByteArrayInputStream(json.array(), json.offset(), json.length()), UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** For a factory with settings of its own. */
  public static TSFBuilder<?, ?> builder() {
    return JsonFactory.builder()
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .streamReadConstraints(ANY_LENGTH);
  }
}
