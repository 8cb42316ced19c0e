package routes.cloud;

import org.apache.camel.main.Main;
import routes.app.Part;

/** The services of AWS that the routes speak to, with what they use there. */
public final class CloudPart implements Part {

  private final AwsClients aws;
  private final AwsSettings settings;
  private final ResourceSettings resources;

  public CloudPart(AwsClients aws, AwsSettings settings, ResourceSettings resources) {
    this.aws = aws;
    this.settings = settings;
    this.resources = resources;
  }

  /**
   * Creates what is missing where that is wanted.
   *
   * @throws CloudException when it cannot
   */
  @Override
  public void bind(Main main) {
    if (settings.createResources()) {
      new Resources(aws.kinesis(), aws.s3(), aws.sqs()).ensure(resources);
    }
    main.bind("s3", aws.s3());
    main.bind("sqs", aws.sqs());
  }
}
