package routes.ingest.hec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Locale;
import routes.http.Reply;

/** Splunk's codes, each with its text and status, as its page on troubleshooting HEC lists them. */
enum HecCode {
  SUCCESS(200, 0, "Success"),
  NO_TOKEN(401, 2, "Token is required"),
  WRONG_TOKEN(403, 4, "Invalid token"),
  NO_DATA(400, 5, "No data"),
  BAD_FORMAT(400, 6, "Invalid data format"),
  BUSY(503, 9, "Server is busy"),
  NO_EVENT(400, 12, "Event field is required"),
  BLANK_EVENT(400, 13, "Event field cannot be blank"),
  BAD_FIELDS(400, 15, "Error in handling indexed fields"),
  HEALTHY(200, 17, "HEC is healthy"),
  UNHEALTHY(503, 18, "HEC is unhealthy, queues are full");

  private final int status;
  private final int code;
  private final String text;

  HecCode(int status, int code, String text) {
    this.status = status;
    this.code = code;
    this.text = text;
  }

  String text() {
    return text;
  }

  /** The code of a reason for which a request is refused: its own, or that of any bad format. */
  static HecCode of(String reason) {
    return Arrays.stream(values())
        .filter(code -> code.reason().equals(reason))
        .findAny()
        .orElse(BAD_FORMAT);
  }

  /** The name by which the code is known until the request is answered. */
  String reason() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Reply reply() {
    return Reply.json(status, json().toString());
  }

  /**
   * As above, for an event.
   *
   * @param event its place, from 0
   */
  Reply reply(int event) {
    return Reply.json(status, json().put("invalid-event-number", event).toString());
  }

  private ObjectNode json() {
    return JsonNodeFactory.instance.objectNode().put("text", text).put("code", code);
  }
}
