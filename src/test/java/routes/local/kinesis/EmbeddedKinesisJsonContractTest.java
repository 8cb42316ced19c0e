package routes.local.kinesis;

/** The contract against ours over JSON, which the AWS CLI and most other SDKs speak. */
class EmbeddedKinesisJsonContractTest extends EmbeddedKinesisContract {

  @Override
  boolean cbor() {
    return false;
  }
}
