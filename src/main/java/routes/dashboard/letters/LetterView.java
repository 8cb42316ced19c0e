package routes.dashboard.letters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import routes.dashboard.web.Json;
import routes.deadletter.DeadLetterList;
import routes.deadletter.Original;

/** A dead letter as its message has it, with what a list knows besides. */
final class LetterView {

  private LetterView() {}

  /** The message, {@code copies}, {@code bytes} of the record and whether it is {@code cut}. */
  static ObjectNode of(DeadLetterList.Item listed) {
    try {
      ObjectNode letter = (ObjectNode) Json.MAPPER.readTree(listed.letter().toJson());
      boolean cut =
          listed.letter().content() instanceof Original.InMemory inline
              && inline.size() < listed.bytes();
      return letter.put("copies", listed.copies()).put("bytes", listed.bytes()).put("cut", cut);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
