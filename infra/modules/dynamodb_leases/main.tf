# The three tables of the Kinesis Client Library 3, by the names and keys it looks for: who has which
# shard, which workers there are, and who of them assigns. Nothing in them is worth a backup: what is
# delivered stands in the state bucket.
resource "aws_dynamodb_table" "leases" {
  name         = var.name
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "leaseKey"

  attribute {
    name = "leaseKey"
    type = "S"
  }

  attribute {
    name = "leaseOwner"
    type = "S"
  }

  # A worker finds the shards that were assigned to it.
  global_secondary_index {
    name            = "LeaseOwnerToLeaseKeyIndex"
    hash_key        = "leaseOwner"
    range_key       = "leaseKey"
    projection_type = "KEYS_ONLY"
  }

  server_side_encryption {
    enabled     = var.kms_key_arn != null
    kms_key_arn = var.kms_key_arn
  }
}

resource "aws_dynamodb_table" "workers" {
  name         = "${var.name}-WorkerMetricStats"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "wid"

  attribute {
    name = "wid"
    type = "S"
  }

  server_side_encryption {
    enabled     = var.kms_key_arn != null
    kms_key_arn = var.kms_key_arn
  }
}

resource "aws_dynamodb_table" "coordinator" {
  name         = "${var.name}-CoordinatorState"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "key"

  attribute {
    name = "key"
    type = "S"
  }

  server_side_encryption {
    enabled     = var.kms_key_arn != null
    kms_key_arn = var.kms_key_arn
  }
}
