package routes.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One life of the application, from its start to its kill.
 *
 * @param afterStart whether the trouble comes only once the application serves, rather than while
 *     it starts
 * @param how an outage shows
 * @param troubleMillis how long the trouble lasts, or is given to have its effect
 * @param killAfterMillis when after that the application is killed
 */
record Round(
    Trouble trouble, boolean afterStart, Fault how, long troubleMillis, long killAfterMillis) {

  private static final List<Fault> OUTAGES =
      List.of(Fault.ERROR, Fault.UNAVAILABLE, Fault.RESET, Fault.ANSWER_LOST);

  /** So many rounds, in which each trouble has its turn before one has a second. */
  static List<Round> schedule(Random random, int rounds) {
    List<Round> schedule = new ArrayList<>();
    List<Trouble> turn = new ArrayList<>();
    while (schedule.size() < rounds) {
      if (turn.isEmpty()) {
        Collections.addAll(turn, Trouble.values());
        Collections.shuffle(turn, random);
      }
      schedule.add(of(turn.remove(0), random));
    }
    return schedule;
  }

  private static Round of(Trouble trouble, Random random) {
    return new Round(
        trouble,
        trouble == Trouble.ZOMBIE || random.nextInt(4) > 0,
        OUTAGES.get(random.nextInt(OUTAGES.size())),
        1_000 + random.nextInt(4_000),
        random.nextInt(3_000));
  }
}
