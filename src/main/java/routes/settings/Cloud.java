package routes.settings;

import java.util.List;

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

  /** The one that is asked for, else what the other settings and the machine suggest. */
  public static Cloud from(SettingsReader reader, Role role) {
    Value asked = reader.value("aws.cloud");
    boolean endpoint = reader.value("aws.endpoint-url").isSet();
    if (!asked.isSet() && !endpoint) {
      refuseCloudRuntime(reader);
    }
    Cloud suggested = endpoint && role != Role.CLOUD ? AWS : EMBEDDED;
    Cloud cloud = asked.orElse(suggested.name()).oneOf(Cloud.class);
    if (role == Role.CLOUD && cloud != EMBEDDED) {
      throw asked.refused("must be embedded where ROLE=cloud, which runs the embedded cloud");
    }
    return cloud;
  }

  /** Nobody should store production logs on a container's disk by omission. */
  private static void refuseCloudRuntime(SettingsReader reader) {
    for (String mark : RUNTIME_MARKS) {
      if (reader.marks(mark)) {
        throw new SettingsException(
            "CLOUD is not set on a cloud runtime ("
                + mark
                + " is set): set CLOUD=aws, or AWS_ENDPOINT_URL for an emulator, or CLOUD=embedded"
                + " to keep all logs on this machine's disk");
      }
    }
  }
}
