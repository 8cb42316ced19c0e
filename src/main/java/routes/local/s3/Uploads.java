package routes.local.s3;

import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import routes.files.DurableFiles;

/**
 * What is on its way to become objects: files that are being written, and uploads in parts, each a
 * folder with a file of its own for each part.
 */
@ThreadSafe
final class Uploads {

  /**
   * An upload in parts.
   *
   * @param metadata of the object that it becomes
   */
  record Upload(String id, String bucket, String key, Instant begun, Metadata metadata) {}

  /**
   * A part of an upload.
   *
   * @param number from 1
   */
  record Part(int number, StoredObject content) {}

  /** What one of all who would end an upload does. */
  interface LastStep {
    void take() throws IOException;
  }

  private static final String INCOMING = "incoming-";

  /** Has bucket and key in it, and the object's metadata beside. */
  private static final String TARGET = "target";

  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");

  private final Path folder;
  private final AtomicLong count = new AtomicLong();

  /**
   * Deletes what an earlier process was writing when it ended. Uploads in parts are gone on with.
   *
   * @param folder on the same file system as the objects
   */
  Uploads(Path folder) throws IOException {
    this.folder = folder;
    for (Path unfinished : files(folder, file -> nameOf(file).startsWith(INCOMING))) {
      Files.delete(unfinished);
    }
    for (Path ended : files(folder, file -> Files.notExists(file.resolve(TARGET)))) {
      delete(ended);
    }
  }

  Incoming incoming(List<BodyChecksum> checksums) throws IOException {
    return new Incoming(folder.resolve(INCOMING + count.incrementAndGet()), checksums);
  }

  String begin(String bucket, String key, Metadata metadata) throws IOException {
    String id = UUID.randomUUID().toString();
    try (Incoming target = incoming(List.of())) {
      byte[] place = (bucket + "/" + key).getBytes(StandardCharsets.UTF_8);
      target.write(place, 0, place.length);
      target.describe(Md5.hex(target.md5()), metadata);
      DurableFiles.createDirectories(folder.resolve(id));
      place(target.path(), folder.resolve(id).resolve(TARGET));
    }
    return id;
  }

  /**
   * An upload that a request names.
   *
   * @throws S3Exception when there is none of that bucket and key
   */
  Upload get(S3Request request) throws IOException {
    String id = request.text("uploadId");
    if (!ID.matcher(id).matches()) {
      throw S3Exception.noUpload(id);
    }
    Upload upload = read(id);
    if (!upload.bucket().equals(request.bucket()) || !upload.key().equals(request.key())) {
      throw S3Exception.noUpload(id);
    }
    return upload;
  }

  /** All of a bucket, by key and the time they were begun. */
  List<Upload> of(String bucket) throws IOException {
    List<Upload> uploads = new ArrayList<>();
    for (Path upload : files(folder, file -> ID.matcher(nameOf(file)).matches())) {
      try {
        uploads.add(read(nameOf(upload)));
      } catch (S3Exception endedMeanwhile) {
        // Then it is none.
      }
    }
    uploads.removeIf(upload -> !upload.bucket().equals(bucket));
    uploads.sort(Comparator.comparing(Upload::key, ObjectKeys.ORDER).thenComparing(Upload::begun));
    return uploads;
  }

  private Upload read(String id) throws IOException {
    Path target = folder.resolve(id).resolve(TARGET);
    try {
      String place = Files.readString(target);
      int slash = place.indexOf('/');
      return new Upload(
          id,
          place.substring(0, slash),
          place.substring(slash + 1),
          Files.getLastModifiedTime(target).toInstant(),
          new StoredAttributes(target).metadata());
    } catch (NoSuchFileException e) {
      throw S3Exception.noUpload(id);
    }
  }

  /**
   * Replaces the part of that number, if there is one.
   *
   * @throws S3Exception when the upload has ended meanwhile
   */
  synchronized void put(Upload upload, int number, Path file) throws IOException {
    if (hasEnded(upload)) {
      throw S3Exception.noUpload(upload.id());
    }
    place(file, folder.resolve(upload.id()).resolve(Integer.toString(number)));
  }

  private static void place(Path file, Path place) throws IOException {
    Files.move(file, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    DurableFiles.forceNameOf(place);
  }

  /**
   * The parts that there are, by their numbers.
   *
   * @throws S3Exception when the upload has ended meanwhile
   */
  List<Part> parts(Upload upload) throws IOException {
    List<Part> parts = new ArrayList<>();
    try {
      for (Path part :
          files(folder.resolve(upload.id()), file -> NUMBER.matcher(nameOf(file)).matches())) {
        parts.add(new Part(Integer.parseInt(nameOf(part)), StoredObject.read(part)));
      }
    } catch (NoSuchFileException endedMeanwhile) {
      throw S3Exception.noUpload(upload.id());
    }
    parts.sort(Comparator.comparingInt(Part::number));
    return parts;
  }

  /**
   * Opens a part, to be closed by the caller.
   *
   * @throws S3Exception when another was put in its place, or the upload has ended, meanwhile
   */
  OpenContent open(Upload upload, Part part) throws IOException {
    Path path = folder.resolve(upload.id()).resolve(Integer.toString(part.number()));
    FileChannel file;
    try {
      file = FileChannel.open(path, StandardOpenOption.READ);
    } catch (NoSuchFileException endedMeanwhile) {
      throw S3Exception.noUpload(upload.id());
    }
    OpenContent content = new OpenContent(file, 0, part.content().size());
    // Asked once it is open: from then on it stays what it is.
    if (!isAt(path, part)) {
      content.close();
      throw S3Exception.invalid(
          "InvalidPart",
          "Part %s was replaced while the upload was completed: list the parts and complete it again."
              .formatted(part.number()));
    }
    return content;
  }

  private static boolean isAt(Path path, Part part) throws IOException {
    try {
      return Objects.equals(new StoredAttributes(path).etag(), part.content().etag());
    } catch (NoSuchFileException endedMeanwhile) {
      return false;
    }
  }

  /**
   * Ends an upload, which is gone on with where the last step fails.
   *
   * @return false when it has ended meanwhile; then the step is not taken
   */
  synchronized boolean end(Upload upload, LastStep step) throws IOException {
    if (hasEnded(upload)) {
      return false;
    }
    step.take();
    Path files = folder.resolve(upload.id());
    // First of all: without it what is left is no upload.
    Files.delete(files.resolve(TARGET));
    delete(files);
    return true;
  }

  private boolean hasEnded(Upload upload) {
    return Files.notExists(folder.resolve(upload.id()).resolve(TARGET));
  }

  private static void delete(Path upload) throws IOException {
    for (Path file : files(upload, any -> true)) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(upload);
  }

  private static List<Path> files(Path folder, DirectoryStream.Filter<Path> filter)
      throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, filter)) {
      List<Path> files = new ArrayList<>();
      stream.forEach(files::add);
      return files;
    }
  }

  private static String nameOf(Path file) {
    return String.valueOf(file.getFileName());
  }
}
