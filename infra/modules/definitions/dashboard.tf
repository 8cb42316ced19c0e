locals {
  metric_rows = merge(local.metrics_rows, {
    "Records onto the stream" = {
      statistic = "Sum"
      metrics   = [for stream in local.streams : ["AWS/Kinesis", "IncomingRecords", "StreamName", stream]]
    }
    "Bytes onto and off the stream" = {
      statistic = "Sum"
      metrics = concat([
        for stream in local.streams : [for metric in ["IncomingBytes", "GetRecords.Bytes"] : ["AWS/Kinesis", metric, "StreamName", stream]]
      ]...)
    }
    "Records refused by Kinesis" = {
      statistic = "Sum"
      metrics = concat([
        for stream in local.streams : [for metric in ["WriteProvisionedThroughputExceeded", "ReadProvisionedThroughputExceeded"] : ["AWS/Kinesis", metric, "StreamName", stream]]
      ]...)
    }
    "How far delivery is behind (ms)" = {
      statistic = "Maximum"
      metrics   = [for stream in local.streams : ["AWS/Kinesis", "GetRecords.IteratorAgeMilliseconds", "StreamName", stream]]
    }
    "Dead letters waiting" = {
      statistic = "Maximum"
      metrics   = [["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", var.queue_name]]
    }
    "Lake, bytes stored" = {
      statistic = "Average"
      period    = 86400
      metrics   = [for bucket in local.buckets : ["AWS/S3", "BucketSizeBytes", "StorageType", "StandardStorage", "BucketName", bucket]]
    }
  })

  titles = keys(local.metric_rows)

  # Two charts in a row, in the order of their titles.
  dashboard = jsonencode({
    widgets = [
      for index, title in local.titles : {
        type   = "metric"
        x      = index % 2 * 12
        y      = floor(index / 2) * 6
        width  = 12
        height = 6
        properties = {
          title   = title
          region  = var.region
          stat    = local.metric_rows[title].statistic
          period  = try(local.metric_rows[title].period, 60)
          view    = "timeSeries"
          metrics = local.metric_rows[title].metrics
        }
      }
    ]
  })
}
