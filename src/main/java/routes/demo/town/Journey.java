package routes.demo.town;

import java.util.Set;
import routes.demo.data.Data;

/**
 * What customers come for.
 *
 * @param weight how often, compared with other journeys
 */
public record Journey(String name, Operation entry, double weight) {

  static Journey read(Data data, Town town) {
    data.only(Set.of("name", "entry", "weight"));
    return new Journey(
        data.get("name").text(),
        town.operation(data.get("entry"), data.get("entry").text()),
        data.get("weight").number(0, 1000));
  }
}
