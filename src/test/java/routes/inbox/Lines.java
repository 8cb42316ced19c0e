package routes.inbox;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.IntStream;

/** Lines of files, each a record with its number for an id. */
final class Lines {

  private Lines() {}

  static String of(int... numbers) {
    return texts(numbers).stream().map(line -> line + "\n").collect(joining());
  }

  static List<String> texts(int... numbers) {
    return IntStream.of(numbers)
        .mapToObj(
            "{\"timestamp\":\"2024-03-01T10:00:00Z\",\"service\":\"a\",\"record_id\":\"%d\"}"
                ::formatted)
        .toList();
  }
}
