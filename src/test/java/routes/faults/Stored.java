package routes.faults;

/**
 * A line of an object of the lake.
 *
 * @param key of the object, below the name of its signal's bucket in the raw layer
 * @param number the record's field {@code n}
 */
record Stored(String key, String number, String json) {

  /** The object's folder. */
  String partition() {
    return key.substring(0, key.lastIndexOf('/'));
  }
}
