package routes.dashboard.letters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.deadletter.DeadLetterFilter;
import routes.deadletter.DeadLetterList;
import routes.deadletter.DeadLetterQueue;
import routes.deadletter.DeadLetterService;
import routes.deadletter.DeadLetterService.DiscardResult;
import routes.deadletter.DeadLetterService.ReplayResult;
import routes.deadletter.Original;
import routes.http.HttpProblem;
import routes.http.api.Answer;
import routes.http.api.Json;
import routes.http.api.Request;

/**
 * {@code /api/dead-letters}. What was changed, and from where, is written to the log {@code audit}.
 */
public final class LetterEndpoints {

  private static final Logger AUDIT = LoggerFactory.getLogger("audit");
  private static final int DEFAULT_LIMIT = 100;
  private static final int MAX_LIMIT = 1_000;

  private static final int MAX_OFFSET = 10_000;

  private static final int MAX_WAIT_SECONDS = 30;

  /** A body may list thousands of ids. */
  private static final int LOGGED_CHARACTERS = 2_000;

  private final DeadLetterService service;
  private final String credential;

  /**
   * @param tokenIsSet whether who comes in has shown a token, rather than being on this machine
   */
  public LetterEndpoints(DeadLetterService service, boolean tokenIsSet) {
    this.service = service;
    this.credential = tokenIsSet ? "token" : "loopback";
  }

  record Letters(
      List<ObjectNode> items,
      int found,
      Map<String, Integer> byReason,
      Map<String, Integer> byService,
      int scanned,
      boolean complete,
      boolean looking,
      DeadLetterQueue.Depth queue) {}

  /** Dead letters, the latest first. */
  public Object list(Request request) {
    DeadLetterFilter filter =
        new DeadLetterFilter(
            texts(request, "id"),
            texts(request, "reason"),
            request.text("service").orElse(null),
            request.instant("from").orElse(null),
            request.instant("to").orElse(null));
    int limit = request.limit(DEFAULT_LIMIT, MAX_LIMIT);
    int offset = request.integer("offset", 0, 0, MAX_OFFSET);
    Duration maxAge =
        Duration.ofSeconds(
            request.integer(
                "maxAge", 0, 0, Math.toIntExact(DeadLetterService.MAX_AGE.toSeconds())));
    Duration wait =
        Duration.ofSeconds(request.integer("wait", MAX_WAIT_SECONDS, 0, MAX_WAIT_SECONDS));
    DeadLetterList list =
        alone(
            () ->
                filter.ids().size() == 1
                    ? service.whole(filter, limit)
                    : service.list(filter, offset, limit, maxAge, wait));
    return new Letters(
        list.letters().stream().map(LetterEndpoints::view).toList(),
        list.found(),
        list.byReason(),
        list.byService(),
        list.scanned(),
        list.complete(),
        list.looking(),
        list.queue());
  }

  /** The message, {@code copies}, {@code bytes} of the record and whether it is {@code cut}. */
  private static ObjectNode view(DeadLetterList.Item listed) {
    try {
      ObjectNode letter = (ObjectNode) Json.MAPPER.readTree(listed.letter().toJson());
      boolean cut =
          listed.letter().content() instanceof Original.InMemory held
              && held.size() < listed.bytes();
      return letter.put("copies", listed.copies()).put("bytes", listed.bytes()).put("cut", cut);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * Replays dead letters; 503 with the counts so far when it had to stop early. With {@code
   * progress} to the end, as lines of JSON.
   */
  public Object replay(Request request) {
    JsonNode body = request.body(JsonNode.class);
    LetterCommand command = LetterCommand.replay(body);
    service
        .objection(command.correction())
        .ifPresent(
            objection -> {
              throw HttpProblem.badRequest(objection);
            });
    if (request.flag("progress")) {
      return new Progress<ReplayResult>(
          goOn -> service.replay(command.filter(), command.correction(), command.limit(), goOn),
          result -> audit("replay", request, body, result));
    }
    ReplayResult result =
        alone(() -> service.replay(command.filter(), command.correction(), command.limit()));
    audit("replay", request, body, result);
    return result.stopped() == null ? result : new Answer(503, result);
  }

  /**
   * Discards dead letters; 503 with the counts so far when it had to stop early. With {@code
   * progress} to the end, as lines of JSON.
   */
  public Object discard(Request request) {
    JsonNode body = request.body(JsonNode.class);
    LetterCommand command = LetterCommand.discard(body);
    if (request.flag("progress")) {
      return new Progress<DiscardResult>(
          goOn -> service.discard(command.filter(), command.limit(), goOn),
          result -> audit("discard", request, body, result));
    }
    DiscardResult result = alone(() -> service.discard(command.filter(), command.limit()));
    audit("discard", request, body, result);
    return result.stopped() == null ? result : new Answer(503, result);
  }

  /** Both as JSON, in which nobody can forge a line. */
  private void audit(String what, Request request, JsonNode body, Object result) {
    String command = body.toString();
    AUDIT.info(
        "dead-letters {} from {} ({}): {} -> {}",
        what,
        request.remote(),
        credential,
        command.substring(0, Math.min(command.length(), LOGGED_CHARACTERS)),
        Json.MAPPER.<JsonNode>valueToTree(result));
  }

  static <T> T alone(Supplier<T> work) {
    try {
      return work.get();
    } catch (DeadLetterService.BusyException busy) {
      throw new HttpProblem(503, String.valueOf(busy.getMessage()));
    }
  }

  private static Set<String> texts(Request request, String name) {
    return request
        .text(name)
        .map(text -> Set.copyOf(Arrays.asList(text.split(","))))
        .orElse(Set.of());
  }
}
