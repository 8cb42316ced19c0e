package routes.record;

/** What became of the bytes of one record: accepted, or rejected with the reason. */
public sealed interface ParseResult permits LogRecord, Rejection {}
