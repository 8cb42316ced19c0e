package routes.ingest;

import java.util.function.Supplier;
import routes.http.Reply;
import routes.record.Intake;

/**
 * What a request brought.
 *
 * @param answer what its sender is told once the stream has all that is acceptable of it; throws an
 *     {@link routes.http.HttpProblem} where that is no success
 */
public record Received(Intake intake, Supplier<Reply> answer) {}
