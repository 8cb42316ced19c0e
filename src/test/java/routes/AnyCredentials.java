package routes;

import java.util.Map;

/** Credentials for emulators, which take any; those of the environment, if there are some, stay. */
final class AnyCredentials {

  private static final Map<String, String> TEST =
      Map.of("aws.accessKeyId", "test", "aws.secretAccessKey", "test");

  private AnyCredentials() {}

  static void set() {
    if (System.getenv("AWS_ACCESS_KEY_ID") == null) {
      TEST.forEach(System::setProperty);
    }
  }

  static void clear() {
    TEST.keySet().forEach(System::clearProperty);
  }
}
