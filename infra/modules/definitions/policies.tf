locals {
  permissions = yamldecode(file("${path.module}/permissions.yaml"))

  resources = {
    stream             = try(one(local.arns.streams), local.arns.streams)
    queue              = local.arns.queue
    lake               = try(one(local.arns.lakes), local.arns.lakes)
    state              = local.arns.state
    lake-objects       = try(one([for lake in local.arns.lakes : "${lake}/service=*"]), [for lake in local.arns.lakes : "${lake}/service=*"])
    error-objects      = "${local.arns.lake}/errors/*"
    checkpoint-objects = "${local.arns.state}/checkpoints/*"
    receipt-objects    = "${local.arns.state}/receipts/*"
    leases             = local.arns.leases
    log-group          = local.arns.errors
    anything           = "*"
  }

  # What each role needs, and the delivering one for what it was asked for beyond that.
  grants = {
    intake = local.permissions["intake"]
    deliver = concat(
      local.permissions["deliver"],
      var.lease_table == null ? [] : local.permissions["share"],
      var.errors_log_group == null ? [] : local.permissions["errors"],
      var.dashboard_token ? concat(local.permissions["dashboard"], local.permissions["dead-letters"]) : [],
    )
  }

  # One statement for each kind of resource: IAM wants their names to be unique in a policy.
  statements = {
    for role, grants in local.grants : role => [
      for resource in distinct(grants[*].resource) : {
        Sid      = join("", [for word in split("-", resource) : title(word)])
        Effect   = "Allow"
        Action   = sort(distinct([for grant in grants : grant.action if grant.resource == resource]))
        Resource = local.resources[resource]
      }
    ]
  }

  # Kinesis, S3 and SQS use a customer-managed key in the name of whoever calls them: to write they
  # ask for a data key, to read (and SQS to write, too) they decrypt one.
  key_statements = var.kms_key_arn == null ? [] : [{
    Sid      = "Key"
    Effect   = "Allow"
    Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
    Resource = var.kms_key_arn
    Condition = {
      StringEquals = {
        "kms:ViaService" = [for service in concat(["kinesis", "s3", "sqs"], var.lease_table == null ? [] : ["dynamodb"]) : "${service}.${var.region}.amazonaws.com"]
      }
    }
  }]

  policies = {
    for role in ["intake", "deliver"] : role => jsonencode({
      Version = "2012-10-17"
      Statement = concat(
        local.statements[role],
        local.key_statements,
        role == "deliver" ? local.metrics_statements : [],
      )
    })
  }
}
