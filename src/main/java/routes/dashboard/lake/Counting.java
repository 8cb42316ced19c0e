package routes.dashboard.lake;

/** How far a search counts; the words are those of its parameter {@code count}. */
enum Counting {
  /** Not at all. */
  FALSE,
  /** All records, by reading all of them. */
  TRUE,
  /** Within seconds: by reading a part of them where there are more. */
  ESTIMATE
}
