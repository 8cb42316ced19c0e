package routes.faults;

import java.util.List;
import java.util.Map;
import routes.deadletter.DeadLetter;
import routes.signal.Layer;

/**
 * What there is once the storm is over and all is drained.
 *
 * @param lakes the lines of each layer that was delivered
 * @param storedAgain how often an object was stored that was there already
 * @param onStream what lies on the stream, copies included
 * @param audit what the audit printed
 * @param standingAudit what the standing audit has to say against it
 * @param unexpectedExits exit codes of processes that ended though nobody asked them to
 */
record Outcome(
    SentRecords sent,
    SentPoison poison,
    Map<Layer, List<Stored>> lakes,
    long storedAgain,
    List<String> onStream,
    List<DeadLetter> deadLetters,
    List<Integer> unexpectedExits,
    String audit,
    List<String> standingAudit) {}
