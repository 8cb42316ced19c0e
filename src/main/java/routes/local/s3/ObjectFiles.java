package routes.local.s3;

import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import routes.files.DurableFiles;

/**
 * Buckets as folders, with objects as files at their keys. A file is moved to its place or taken
 * away while nobody else does so, nor opens one; so a put on a condition is one step for all, as
 * one process alone has the folder. Bytes are written and read outside of that.
 */
@ThreadSafe
final class ObjectFiles {

  /**
   * A bucket.
   *
   * @param created when its folder was
   */
  record Bucket(String name, Instant created) {}

  /** An object, and its content while it was. */
  record OpenObject(StoredObject object, OpenContent content) {}

  /** What has been a name of a bucket here; S3 is stricter. */
  private static final Pattern BUCKET =
      Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{1,253}[a-zA-Z0-9_-]");

  private final Path root;
  private final ObjectKeys keys;

  @SuppressWarnings("ThreadSafe") // It is.
  private final ReadWriteLock places = new ReentrantReadWriteLock();

  /**
   * @param root the folder that has one of each bucket
   */
  ObjectFiles(Path root, ObjectKeys keys) {
    this.root = root;
    this.keys = keys;
  }

  List<Bucket> buckets() throws IOException {
    List<Bucket> buckets = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, Files::isDirectory)) {
      for (Path folder : folders) {
        BasicFileAttributes attributes = Files.readAttributes(folder, BasicFileAttributes.class);
        buckets.add(
            new Bucket(
                String.valueOf(folder.getFileName()), attributes.creationTime().toInstant()));
      }
    }
    buckets.sort(Comparator.comparing(Bucket::name));
    return buckets;
  }

  /**
   * The folder of a bucket.
   *
   * @throws S3Exception when there is none
   */
  Path folder(String bucket) {
    if (!BUCKET.matcher(bucket).matches() || !Files.isDirectory(root.resolve(bucket))) {
      throw S3Exception.noBucket(bucket);
    }
    return root.resolve(bucket);
  }

  void create(String bucket) throws IOException {
    if (!BUCKET.matcher(bucket).matches()) {
      throw S3Exception.invalid(
          "InvalidBucketName",
          "'%s' is no name of a bucket: 3 to 255 letters, digits, '-', '.' and '_', of which the first is a letter or digit and the last is no '.'."
              .formatted(Xml.printable(bucket)));
    }
    try {
      DurableFiles.forceNameOf(Files.createDirectory(root.resolve(bucket)));
    } catch (FileAlreadyExistsException e) {
      throw new S3Exception(
          409, "BucketAlreadyOwnedByYou", "The bucket '%s' is there.".formatted(bucket));
    }
  }

  void delete(String bucket) throws IOException {
    Path folder = folder(bucket);
    places.writeLock().lock();
    try {
      Files.delete(folder);
    } catch (DirectoryNotEmptyException e) {
      throw new S3Exception(
          409, "BucketNotEmpty", "The bucket '%s' has objects.".formatted(bucket));
    } finally {
      places.writeLock().unlock();
    }
  }

  /** Tells whether a folder can be listed under a key that ends in a slash. */
  boolean isFolder(String bucket, String key) {
    return keys.isOwn(bucket, key);
  }

  /**
   * What is known of an object.
   *
   * @throws S3Exception when it is not there
   */
  StoredObject object(String bucket, String key) throws IOException {
    Path path = existing(bucket, key);
    places.readLock().lock();
    try {
      return read(path, key);
    } finally {
      places.readLock().unlock();
    }
  }

  /**
   * Opens an object, to be closed by the caller.
   *
   * @throws S3Exception when it is not there
   */
  OpenObject open(String bucket, String key) throws IOException {
    Path path = existing(bucket, key);
    places.readLock().lock();
    try {
      StoredObject object = read(path, key);
      FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
      return new OpenObject(object, new OpenContent(file, 0, object.size()));
    } finally {
      places.readLock().unlock();
    }
  }

  private Path existing(String bucket, String key) {
    Path folder = folder(bucket);
    if (!keys.isOwn(bucket, key)) {
      throw S3Exception.noKey(key);
    }
    return folder.resolve(key);
  }

  private static StoredObject read(Path path, String key) throws IOException {
    try {
      StoredObject object = StoredObject.read(path);
      if (key.endsWith("/") && object.etag() == null) {
        throw S3Exception.noKey(key);
      }
      return object;
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw S3Exception.noKey(key);
    }
  }

  /**
   * Moves a file to its place, where a crash of the machine leaves it once this returns.
   *
   * @throws S3Exception when a condition does not hold, or no file can be there; then nothing is
   *     changed
   */
  void put(String bucket, String key, Path file, Conditions conditions) throws IOException {
    Path path;
    places.writeLock().lock();
    try {
      path = free(bucket, key);
      if (conditions.concernChanges()) {
        conditions.admitChange(key, Files.exists(path), etagIfThere(path));
      }
      DurableFiles.createDirectories(parent(path));
      Files.move(file, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      places.writeLock().unlock();
    }
    try {
      // While others go on: it takes milliseconds.
      DurableFiles.forceNameOf(path);
    } catch (NoSuchFileException deletedMeanwhile) {
      // Then the name is not to last.
    }
  }

  /** Puts an object that is a folder, and so has no content. */
  void putFolder(String bucket, String key, String etag, Metadata metadata, Conditions conditions)
      throws IOException {
    places.writeLock().lock();
    try {
      Path path = free(bucket, key);
      String before = etagIfThere(path);
      conditions.admitChange(key, before != null, before);
      DurableFiles.createDirectories(path);
      StoredAttributes attributes = new StoredAttributes(path);
      // Of an object that was there before, or of a deleted one.
      attributes.deleteMetadata();
      attributes.write(metadata);
      attributes.writeEtag(etag);
      DurableFiles.forceNamesIn(path);
    } finally {
      places.writeLock().unlock();
    }
  }

  /** Deletes an object, if it is there. */
  void delete(String bucket, String key, Conditions conditions) throws IOException {
    Path folder = folder(bucket);
    if (!keys.isOwn(bucket, key)) {
      conditions.admitChange(key, false, null);
      return;
    }
    Path path = folder.resolve(key);
    places.writeLock().lock();
    try {
      conditions.admitChange(key, Files.exists(path), etagIfThere(path));
      if (Files.isDirectory(path)) {
        StoredAttributes attributes = new StoredAttributes(path);
        if (attributes.etag() != null) {
          attributes.deleteEtag();
        }
        deleteFolders(path, folder);
      } else if (Files.deleteIfExists(path)) {
        deleteFolders(parent(path), folder);
      }
    } finally {
      places.writeLock().unlock();
    }
  }

  /** Deletes folders that only led to something. */
  private static void deleteFolders(Path from, Path bucket) throws IOException {
    Path folder = from;
    try {
      while (!folder.equals(bucket) && new StoredAttributes(folder).etag() == null) {
        Files.delete(folder);
        folder = parent(folder);
      }
    } catch (DirectoryNotEmptyException e) {
      // It leads to something else.
    }
  }

  /**
   * Says at once what a put would say in the end.
   *
   * @throws S3Exception when no file can be there
   */
  void admit(String bucket, String key) {
    free(bucket, key);
  }

  private Path free(String bucket, String key) {
    Path folder = folder(bucket);
    keys.objection(bucket, key)
        .ifPresent(
            reason -> {
              throw S3Exception.noFile(key, reason);
            });
    return folder.resolve(key);
  }

  private static @Nullable String etagIfThere(Path path) throws IOException {
    return Files.exists(path) ? new StoredAttributes(path).etag() : null;
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(path + " is in no folder");
    }
    return parent;
  }
}
