# The only place that knows whether AWS is AWS or an emulator.

locals {
  emulated  = var.endpoint_url != null
  emulators = local.emulated ? [var.endpoint_url] : []
}

provider "aws" {
  region = var.region

  # Emulators take any credentials and have no others to check.
  access_key                  = local.emulated ? "test" : null
  secret_key                  = local.emulated ? "test" : null
  skip_credentials_validation = local.emulated
  skip_metadata_api_check     = local.emulated
  skip_requesting_account_id  = local.emulated
  s3_use_path_style           = local.emulated

  dynamic "endpoints" {
    for_each = local.emulators

    content {
      cloudwatch = endpoints.value
      dynamodb   = endpoints.value
      firehose   = endpoints.value
      iam        = endpoints.value
      kinesis    = endpoints.value
      logs       = endpoints.value
      s3         = endpoints.value
      sqs        = endpoints.value
      sts        = endpoints.value
    }
  }

  default_tags {
    tags = merge({
      Application = "camel-app"
      Environment = var.environment
      ManagedBy   = "terraform"
    }, var.tags)
  }
}
