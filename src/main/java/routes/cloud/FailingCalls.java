package routes.cloud;

import com.google.errorprone.annotations.ThreadSafe;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import routes.retry.Attempt;
import routes.retry.Attempts;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * Which calls of some AWS clients fail at present, and why: seen at the clients themselves, so that
 * it does not matter what the library that makes the calls does with a failure.
 */
@ThreadSafe
public final class FailingCalls implements ExecutionInterceptor {

  /** A call that nobody has made again for so long is no longer tried. */
  private static final Duration MEMORY = Duration.ofMinutes(2);

  private final InstantSource clock;
  private final Map<String, Failing> failing = new ConcurrentHashMap<>();

  private record Failing(Attempt attempt, Instant last, boolean repeated) {}

  /**
   * @param clock one that nobody sets
   */
  public FailingCalls(InstantSource clock) {
    this.clock = clock;
  }

  /** Those that have failed and not succeeded since, the oldest failure first. */
  public List<Attempt> all() {
    return attempts(call -> true);
  }

  /** Those that failed more than once and have not succeeded since, the oldest failure first. */
  public List<Attempt> repeated() {
    return attempts(Failing::repeated);
  }

  private List<Attempt> attempts(Predicate<Failing> which) {
    Instant oldest = clock.instant().minus(MEMORY);
    failing.values().removeIf(call -> call.last().isBefore(oldest));
    return failing.values().stream()
        .filter(which)
        .map(Failing::attempt)
        .sorted(Comparator.comparing(Attempt::since))
        .toList();
  }

  @Override
  public void afterExecution(Context.AfterExecution call, ExecutionAttributes attributes) {
    failing.remove(name(call.request(), attributes));
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution call, ExecutionAttributes attributes) {
    String name = name(call.request(), attributes);
    Throwable failure = call.exception();
    if (failure instanceof CompletionException && failure.getCause() != null) {
      failure = failure.getCause();
    }
    if (failure instanceof CancellationException) {
      return;
    }
    if (isAnswer(call.request(), failure)) {
      failing.remove(name);
      return;
    }
    String reason = Attempts.describe(failure);
    Instant now = clock.instant();
    failing.compute(name, (same, before) -> again(name, before, reason, now));
  }

  private static Failing again(String name, @Nullable Failing before, String reason, Instant now) {
    Instant since = before == null ? now : before.attempt().since();
    return new Failing(new Attempt(name, since, reason), now, before != null);
  }

  /** Such as "call dynamodb:UpdateTable on camel-app": the action as IAM names it. */
  private static String name(SdkRequest request, ExecutionAttributes attributes) {
    String action =
        "call %s:%s"
            .formatted(
                attributes
                    .getAttribute(SdkExecutionAttribute.SERVICE_NAME)
                    .toLowerCase(Locale.ROOT),
                attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
    return request
        .getValueForField("TableName", String.class)
        .map(table -> action + " on " + table)
        .orElse(action);
  }

  /** A race that another worker won, and the question whether a table exists. */
  private static boolean isAnswer(SdkRequest request, Throwable failure) {
    return failure instanceof ConditionalCheckFailedException
        || failure instanceof ResourceInUseException
        || (failure instanceof ResourceNotFoundException
            && request instanceof DescribeTableRequest);
  }
}
