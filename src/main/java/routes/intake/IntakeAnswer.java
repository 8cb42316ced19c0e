package routes.intake;

import java.util.List;

/**
 * What became of the records of one request.
 *
 * @param errors the first of the rejected records
 */
public record IntakeAnswer(int accepted, int rejected, List<RecordError> errors) {}
