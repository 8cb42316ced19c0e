package routes.local.kinesis;

/** The contract against ours over CBOR, which the AWS SDK for Java speaks by default. */
class EmbeddedKinesisCborContractTest extends EmbeddedKinesisContract {

  @Override
  boolean cbor() {
    return true;
  }
}
