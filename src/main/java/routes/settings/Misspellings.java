package routes.settings;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Finds names that differ from a known one by a slip of the finger, or stop before its end: they
 * would act as unset.
 */
final class Misspellings {

  /** Names shorter than this are alike by chance. */
  private static final int MIN_LENGTH = 8;

  /** From here on two slips are more likely than another name. */
  private static final int LONG = 10;

  private Misspellings() {}

  /** A sentence for each name that is unknown and almost a known one. */
  static List<String> in(Collection<String> names, Collection<String> known) {
    return new TreeSet<>(names)
        .stream()
            .filter(name -> name.length() >= MIN_LENGTH && !known.contains(name))
            .flatMap(
                name ->
                    known.stream()
                        .filter(one -> one.length() >= MIN_LENGTH)
                        .filter(
                            one ->
                                slips(name, one) <= most(one)
                                    || (name.contains("_") && one.startsWith(name + "_")))
                        .sorted()
                        .limit(1)
                        .map(one -> "%s is no setting; is %s meant?".formatted(name, one)))
            .toList();
  }

  private static int most(String name) {
    return name.length() < LONG ? 1 : 2;
  }

  /** Levenshtein's distance. */
  private static int slips(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int exchanged = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(exchanged, 1 + Math.min(previous[j], row[j - 1]));
      }
      previous = row;
    }
    return previous[b.length()];
  }
}
