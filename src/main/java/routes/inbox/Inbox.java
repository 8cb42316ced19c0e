package routes.inbox;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.record.RecordParsers;

/** The files of a folder on their way to a route, some lines at a time. For one thread. */
final class Inbox implements AutoCloseable {

  /** Takes lines; returning normally means that they are published, or dead letters. */
  interface Route {
    void take(LineBatch lines) throws Exception;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  /** Where offsets are kept, in the inbox itself: they mean nothing without its files. */
  private static final String OFFSETS = ".offsets";

  private final InboxSettings settings;
  private final LineParser parser;
  private final LongSupplier nanoTime;
  private final InboxLock lock;
  private final Offsets offsets;
  private final FollowedFiles followed;
  private final DoneFolder done;
  private final Warnings warnings;
  private long nuls;

  private Inbox(
      InboxSettings settings,
      LineParser parser,
      InstantSource clock,
      LongSupplier nanoTime,
      InboxLock lock)
      throws IOException {
    this.settings = settings;
    this.parser = parser;
    this.nanoTime = nanoTime;
    this.lock = lock;
    this.offsets = new Offsets(new OffsetStore(settings.folder().resolve(OFFSETS)), clock);
    this.followed = new FollowedFiles(settings, offsets);
    this.done = new DoneFolder(settings.folder(), offsets);
    this.warnings = new Warnings(LOG, nanoTime);
  }

  /**
   * Makes the folders that are missing.
   *
   * @throws IOException naming the folder when it cannot be written to
   */
  static void create(Path folder) throws IOException {
    try {
      Files.createDirectories(folder.resolve(OFFSETS));
      if (!Files.isWritable(folder.resolve(OFFSETS))) {
        throw new AccessDeniedException(folder.resolve(OFFSETS).toString());
      }
    } catch (IOException failure) {
      throw new IOException(
          "the inbox %s must be a folder that can be written to: %s".formatted(folder, failure),
          failure);
    }
  }

  /**
   * Opens an inbox for this process alone.
   *
   * @param nanoTime normally {@link System#nanoTime()}
   * @throws IOException also when another process has it open
   */
  static Inbox open(
      InboxSettings settings, RecordParsers parsers, InstantSource clock, LongSupplier nanoTime)
      throws IOException {
    create(settings.folder());
    InboxLock lock = InboxLock.take(settings.folder().resolve(OFFSETS));
    try {
      Inbox inbox = new Inbox(settings, new LineParser(parsers, clock), clock, nanoTime, lock);
      inbox.resume();
      return inbox;
    } catch (IOException | RuntimeException failure) {
      lock.close();
      throw failure;
    }
  }

  /**
   * Looks what there is to do.
   *
   * @return the files to be given a turn each
   * @throws IOException when the folder cannot be read, or is another one by now; then the inbox is
   *     to be opened again
   */
  List<FollowedFile> look() throws IOException {
    if (!lock.isInPlace()) {
      throw new IOException("its folder " + OFFSETS + " has been replaced");
    }
    long now = nanoTime.getAsLong();
    FolderListing listing = FolderListing.of(settings.folder());
    done.release(listing.keys());
    followed.see(listing, now);
    offsets.expire();
    return Stream.concat(followed.all().stream(), done.look(now).stream())
        .filter(file -> file.isDue(finishedAfter(), now))
        .toList();
  }

  /**
   * Gives the next lines of a file to the route.
   *
   * @return whether there may be more to do for this file at once
   * @throws IOException when it cannot be read
   * @throws Exception what the route threw; the same lines come again
   */
  boolean turn(FollowedFile file, Route route) throws Exception {
    offsets.save();
    boolean complete = file.isQuiet(finishedAfter(), nanoTime.getAsLong());
    OpenFile open = file.open();
    if (open.objection().isPresent()) {
      throw new UnreadableException(open.objection().get());
    }
    FileOffset from = complete || open.growing() ? offsetOf(file, open, complete) : null;
    if (from == null) {
      followed.rest(file);
      return false;
    }
    List<RawLine> lines = open.lines().read(from.offset(), complete);
    if (complete && !file.isAsSeen()) {
      return false;
    }
    if (lines.isEmpty()) {
      if (complete) {
        return end(file, open, from, route);
      }
      followed.rest(file);
      return false;
    }
    publish(lines, file, open, from, route);
    return true;
  }

  /** What there is at present. */
  InboxStatus status() {
    Map<String, String> failing = new TreeMap<>();
    long unread = 0;
    for (FollowedFile file : followed.all()) {
      unread += file.isFinished() ? 0 : file.state().size() - offsets.published(file.state());
      if (file.trouble() != null) {
        failing.put(file.state().name(), file.trouble());
      }
    }
    return new InboxStatus(
        followed.all().size(), unread, nuls, followed.passedOver(), failing, null);
  }

  @Override
  public void close() throws IOException {
    followed.close();
    done.close();
    lock.close();
  }

  /** Takes up what an earlier run had published in part. */
  private void resume() throws IOException {
    Set<String> present = FolderListing.of(settings.folder()).keys();
    for (FileOffset offset : offsets.all()) {
      if (!present.contains(offset.key()) && !done.resume(offset, nanoTime.getAsLong())) {
        offsets.lose(offset.key());
      }
    }
  }

  private @Nullable FileOffset offsetOf(FollowedFile file, OpenFile open, boolean complete)
      throws IOException {
    // Anew each time where that costs little: it may be cut while others have their turn.
    if (!file.isRecognised() || open.growing()) {
      FileOffset found = offsets.find(file.state(), open.content(), complete);
      if (found == null) {
        return null;
      }
      file.recognise();
    }
    return offsets.of(file.state().key());
  }

  private void publish(
      List<RawLine> lines, FollowedFile file, OpenFile open, FileOffset from, Route route)
      throws Exception {
    FileState state = file.state();
    LineBatch batch = parser.parse(lines, state.path().toString(), from, open.content());
    String name = nameOf(state);
    // Before the route, which may wait for long, while the file may be cut and begun anew.
    FileOffset reached =
        from.in(name, state.key()).reached(batch.end(), batch.lines(), open.content());
    if (!batch.isBlank()) {
      route.take(batch);
    }
    offsets.reach(reached);
    file.recovered();
    tellOfNuls(state, lines.stream().filter(RawLine::hole).mapToLong(RawLine::length).sum());
  }

  /** All lines are published: gives up what lies behind them, once, and finishes the file. */
  private boolean end(FollowedFile file, OpenFile open, FileOffset from, Route route)
      throws Exception {
    long nulsAtEnd = open.lines().nulsAtEnd(from.offset());
    Remainder remainder = open.content().remainder();
    FileState state = file.state();
    if (remainder == null || remainder.padding()) {
      tellOfNuls(state, nulsAtEnd + (remainder == null ? 0 : remainder.length()));
      finish(file, from);
      return false;
    }
    if (from.remainder() != remainder.length()) {
      Content raw = new PlainContent(open.channel());
      Remainder more = remainder.behind(from.remainder());
      route.take(parser.parse(more, state.path().toString(), from, raw));
      offsets.reach(from.in(nameOf(state), state.key()).behind(remainder.length()));
    }
    throw new UnreadableException(
        "from byte %s on it is no gzip; these %s bytes are a dead letter"
            .formatted(remainder.offset(), remainder.length()));
  }

  private String nameOf(FileState state) {
    return settings.folder().relativize(state.path()).toString();
  }

  private void tellOfNuls(FileState file, long bytes) {
    if (bytes > 0) {
      nuls += bytes;
      warnings.tell("NUL", "%s: passed over %s NUL bytes".formatted(file.path(), bytes));
    }
  }

  private void finish(FollowedFile file, FileOffset offset) throws IOException {
    Path path = file.state().path();
    if (file.isGone()) {
      followed.remove(file);
      offsets.forget(offset.key());
    } else if (followed.holds(file) && settings.whenFinished() == WhenFinished.DELETE) {
      Files.delete(path);
      followed.remove(file);
      offsets.forget(offset.key());
    } else if (followed.holds(file) && settings.whenFinished() == WhenFinished.MOVE) {
      // Left in the inbox, and known there, until it has been moved.
      done.move(file, offset, nanoTime.getAsLong());
      followed.remove(file);
    }
    file.finish();
  }

  private long finishedAfter() {
    return settings.finishedAfter().toNanos();
  }

  /** A file holds what cannot be read as lines, and will not unless it changes. */
  static final class UnreadableException extends IOException {

    private static final long serialVersionUID = 1;

    UnreadableException(String message) {
      super(message);
    }
  }
}
