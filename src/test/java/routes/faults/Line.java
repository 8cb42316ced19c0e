package routes.faults;

/**
 * A record as it is sent.
 *
 * @param number tells it from every other record; it is the field {@code n} of the record
 * @param json what is sent, without a line break
 * @param partition where it belongs in the lake, below the name of its bucket
 */
record Line(String number, String json, String partition) {}
