package routes.settings;

import java.util.List;
import java.util.Map;

/** Where AWS is. */
public enum Cloud {
  /** A local cloud inside this process, its data on this machine's disk. */
  EMBEDDED,
  /** AWS, or an emulator at {@code AWS_ENDPOINT_URL}. */
  AWS;

  /** Set by ECS, by Kubernetes (EKS or any other) and by AWS's own container services. */
  private static final List<String> RUNTIME_MARKS =
      List.of(
          "ECS_CONTAINER_METADATA_URI_V4",
          "ECS_CONTAINER_METADATA_URI",
          "KUBERNETES_SERVICE_HOST",
          "AWS_EXECUTION_ENV");

  static Cloud choose(SettingsFile file, Role role, Map<String, String> env) {
    Value asked = file.value("aws.cloud");
    if (asked.isSet()) {
      Cloud cloud = asked.oneOf(Cloud.class);
      if (role == Role.CLOUD && cloud != EMBEDDED) {
        throw asked.refused("must be embedded where ROLE=cloud, which runs the embedded cloud");
      }
      return cloud;
    }
    boolean endpoint = file.value("aws.endpoint-url").isSet();
    if (!endpoint) {
      refuseCloudRuntime(env);
    }
    return endpoint && role != Role.CLOUD ? AWS : EMBEDDED;
  }

  /** Nobody should store production logs on a container's disk by omission. */
  private static void refuseCloudRuntime(Map<String, String> env) {
    for (String mark : RUNTIME_MARKS) {
      if (!env.getOrDefault(mark, "").isBlank()) {
        throw new SettingsException(
            "CLOUD is not set on a cloud runtime ("
                + mark
                + " is set): set CLOUD=aws, or AWS_ENDPOINT_URL for an emulator, or CLOUD=embedded"
                + " to keep all logs on this machine's disk");
      }
    }
  }
}
