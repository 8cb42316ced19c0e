package routes.local.s3;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of bytes of an object.
 *
 * @param first of an object's bytes, from 0
 * @param last which is still in it
 */
record ByteRange(long first, long last) {

  private static final Pattern FORM = Pattern.compile("bytes=(\\d*)-(\\d*)");

  /**
   * The range that a header asks for.
   *
   * @return null for all, also when the header is none that is understood, as HTTP has it
   * @throws S3Exception when the object has no such bytes
   */
  static @Nullable ByteRange of(@Nullable String header, long size) {
    Matcher form = FORM.matcher(header == null ? "" : header);
    if (!form.matches() || (form.group(1).isEmpty() && form.group(2).isEmpty())) {
      return null;
    }
    long first;
    long last = size - 1;
    if (form.group(1).isEmpty()) {
      first = Math.max(0, size - number(form.group(2)));
    } else {
      first = number(form.group(1));
      if (!form.group(2).isEmpty()) {
        last = number(form.group(2));
        if (last < first) {
          return null;
        }
        last = Math.min(last, size - 1);
      }
    }
    if (first >= size) {
      throw new S3Exception(
          416,
          "InvalidRange",
          "The object has %s bytes, none of which the range %s has.".formatted(size, header));
    }
    return new ByteRange(first, last);
  }

  /** A number of any length; beyond those of bytes they are all the same. */
  private static long number(String digits) {
    return new BigInteger(digits).min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
  }

  long length() {
    return last - first + 1;
  }

  String header(long size) {
    return "bytes %s-%s/%s".formatted(first, last, size);
  }
}
