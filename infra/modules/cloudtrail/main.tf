# Who read or wrote which object. Costs per event; management events are not recorded here.
resource "aws_cloudtrail" "this" {
  name                          = var.name
  s3_bucket_name                = var.log_bucket
  enable_log_file_validation    = true
  include_global_service_events = false

  advanced_event_selector {
    name = "Objects"

    field_selector {
      field  = "eventCategory"
      equals = ["Data"]
    }

    field_selector {
      field  = "resources.type"
      equals = ["AWS::S3::Object"]
    }

    field_selector {
      field       = "resources.ARN"
      starts_with = var.object_arns
    }
  }
}
