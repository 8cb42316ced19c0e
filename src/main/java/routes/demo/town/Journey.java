package routes.demo.town;

import java.util.Set;
import routes.demo.data.Data;

/**
 * What customers come for.
 *
 * @param weight how often, compared with other journeys
 * @param loggedIn whether only those come for it who have logged in
 */
public record Journey(String name, Operation entry, double weight, boolean loggedIn) {

  static Journey read(Data data, Town town) {
    data.only(Set.of("name", "entry", "weight", "logged_in"));
    return new Journey(
        data.get("name").text(),
        town.operation(data.get("entry"), data.get("entry").text()),
        data.get("weight").number(0, 1000),
        data.text("logged_in", "false").equals("true"));
  }
}
