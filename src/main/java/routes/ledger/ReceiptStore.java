package routes.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.ThreadSafe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Receipts in the state bucket: {@code receipts/<stream>/<day>/<process>.json}, each written by one
 * process alone, for as long as it lives; days are whole ones since 1970-01-01. What S3 answers
 * with, or fails to, reaches the caller.
 */
@ThreadSafe
public final class ReceiptStore {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HOURS = 24;

  private final S3Client s3;
  private final String bucket;
  private final UUID process = UUID.randomUUID();

  /** The store of this process. */
  public ReceiptStore(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /** The day of an hour. */
  public static long day(long hour) {
    return Math.floorDiv(hour, HOURS);
  }

  /** Writes what this process has of a day, in place of what it wrote before. */
  public void save(String stream, long day, byte[] document) {
    s3.putObject(
        put ->
            put.bucket(bucket)
                .key("%s%s/%s.json".formatted(folder(stream), day, process))
                .contentType("application/json"),
        RequestBody.fromBytes(document));
  }

  /** What is written. */
  public static byte[] document(Receipts receipts) {
    try {
      return JSON.writeValueAsBytes(receipts);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * Those of all processes.
   *
   * @param since the first day that counts
   * @throws IllegalStateException when one cannot be read
   */
  public static Receipts loadAll(S3Client s3, String bucket, String stream, long since) {
    Receipts all = new Receipts();
    for (S3Object document :
        s3.listObjectsV2Paginator(
                list ->
                    list.bucket(bucket).prefix(folder(stream)).startAfter(folder(stream) + since))
            .contents()) {
      String key = document.key();
      try {
        all.addAll(
            JSON.readValue(
                s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asByteArray(),
                Receipts.class));
      } catch (IOException unreadable) {
        throw new IllegalStateException(
            "s3://%s/%s cannot be read: %s. Delete it, and what that process was acknowledged is not compared."
                .formatted(bucket, key, unreadable.getMessage()),
            unreadable);
      }
    }
    return all;
  }

  private static String folder(String stream) {
    return "receipts/" + stream + "/";
  }
}
