package routes.demo.town;

import java.util.Set;
import routes.demo.data.Data;

/**
 * A service of the town.
 *
 * @param index its place in {@link Town#services()}
 * @param role what it is, in a few words
 * @param instances how many copies run
 * @param cpu the share of its processors that it uses when all is quiet, 0 to 1
 * @param memory the share of its memory right after a start, 0 to 1
 * @param cost by how much a request a second raises the use of the processors of one instance
 * @param queue whether work waits in it in a queue
 * @param column where it is on the map, from the left, as requests go
 * @param row where it is on the map, from above
 */
public record Service(
    int index,
    String name,
    String role,
    String runtime,
    int instances,
    double cpu,
    double memory,
    double cost,
    boolean queue,
    int column,
    int row) {

  private static final Set<String> NAMES =
      Set.of(
          "at",
          "role",
          "runtime",
          "instances",
          "cpu",
          "memory",
          "cost",
          "queue",
          "operations",
          "background");

  static Service read(int index, String name, Data data) {
    data.only(NAMES);
    return new Service(
        index,
        name,
        data.get("role").text(),
        data.get("runtime").text(),
        data.get("instances").whole(1, 100),
        data.number("cpu", 0.1, 0, 1),
        data.number("memory", 0.4, 0, 1),
        data.number("cost", 0.001, 0, 1),
        data.text("queue", "false").equals("true"),
        data.get("at").items().get(0).whole(0, 20),
        data.get("at").items().get(1).whole(0, 20));
  }
}
