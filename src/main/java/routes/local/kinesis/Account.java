package routes.local.kinesis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The account that owns all streams, and how its streams are named in ARNs. */
record Account(String region) {

  static final String ID = "000000000000";

  private static final Pattern STREAM_ARN =
      Pattern.compile("arn:aws[^:]*:kinesis:[^:]*:\\d{12}:stream/([a-zA-Z0-9_.-]{1,128})");

  String arnOf(String stream) {
    return "arn:aws:kinesis:%s:%s:stream/%s".formatted(region, ID, stream);
  }

  /** The stream a request means; requests may name it, give its ARN, or both if they agree. */
  static String streamName(@Nullable String name, @Nullable String arn) {
    if (name != null) {
      Constraints.identifier("streamName", name);
    }
    if (arn == null) {
      if (name == null) {
        throw KinesisException.invalidArgument("Either StreamName or StreamARN is required.");
      }
      return name;
    }
    Matcher matcher = STREAM_ARN.matcher(arn);
    if (!matcher.matches()) {
      throw Constraints.violated(
          arn,
          "streamARN",
          "Member must satisfy regular expression pattern: "
              + "arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+");
    }
    if (name != null && !name.equals(matcher.group(1))) {
      throw KinesisException.invalidArgument(
          "StreamName %s and StreamARN %s name different streams.".formatted(name, arn));
    }
    return matcher.group(1);
  }
}
