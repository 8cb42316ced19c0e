package routes.faults;

import java.util.List;
import routes.deadletter.DeadLetter;

/**
 * What there is once the storm is over and all is drained.
 *
 * @param storedAgain how often an object was stored that was there already
 * @param onStream what lies on the stream, copies included
 * @param audit what the audit printed
 * @param unexpectedExits exit codes of processes that ended though nobody asked them to
 */
record Outcome(
    SentRecords sent,
    SentPoison poison,
    List<Stored> lake,
    long storedAgain,
    List<String> onStream,
    List<DeadLetter> deadLetters,
    List<Integer> unexpectedExits,
    String audit) {}
