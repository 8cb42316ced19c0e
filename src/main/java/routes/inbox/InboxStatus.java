package routes.inbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An inbox at one moment.
 *
 * @param files how many files are followed there, finished ones that were kept included
 * @param unreadBytes of these files, as they lie there, are not yet published
 * @param nulBytes passed over where lines should be, since this process opened the inbox
 * @param passedOver what is not read, by name, with the reason
 * @param failing which files cannot be read at present, by name, with the reason
 * @param trouble what keeps all of it from being read, or null
 */
public record InboxStatus(
    int files,
    long unreadBytes,
    long nulBytes,
    Map<String, String> passedOver,
    Map<String, String> failing,
    @Nullable String trouble) {

  /** Before the first look. */
  static final InboxStatus UNKNOWN = new InboxStatus(0, 0, 0, Map.of(), Map.of(), null);

  static InboxStatus ofTrouble(String trouble) {
    return new InboxStatus(0, 0, 0, Map.of(), Map.of(), trouble);
  }
}
