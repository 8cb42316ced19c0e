package routes;

import java.util.Map;

/** Credentials for emulators, which take any; those of the environment, if there are some, stay. */
public final class AnyCredentials {

  private static final Map<String, String> TEST =
      Map.of("aws.accessKeyId", "test", "aws.secretAccessKey", "test");

  private AnyCredentials() {}

  public static void set() {
    if (System.getenv("AWS_ACCESS_KEY_ID") == null) {
      TEST.forEach(System::setProperty);
    }
  }

  public static void clear() {
    TEST.keySet().forEach(System::clearProperty);
  }
}
