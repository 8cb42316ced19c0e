package routes.faults;

import java.util.List;
import routes.deadletter.DeadLetter;

/**
 * What there is once the storm is over and all is drained.
 *
 * @param onStream what lies on the stream, copies included
 * @param unexpectedExits exit codes of processes that ended though nobody asked them to
 */
record Outcome(
    SentRecords sent,
    SentPoison poison,
    List<Stored> lake,
    List<String> onStream,
    List<DeadLetter> deadLetters,
    List<Integer> unexpectedExits) {}
