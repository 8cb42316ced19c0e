locals {
  metric_rows = merge(local.metrics_rows, {
    "Records onto the stream" = {
      statistic = "Sum"
      metrics   = [["AWS/Kinesis", "IncomingRecords", "StreamName", var.stream_name]]
    }
    "Bytes onto and off the stream" = {
      statistic = "Sum"
      metrics = [
        ["AWS/Kinesis", "IncomingBytes", "StreamName", var.stream_name],
        ["AWS/Kinesis", "GetRecords.Bytes", "StreamName", var.stream_name],
      ]
    }
    "Records refused by Kinesis" = {
      statistic = "Sum"
      metrics = [
        ["AWS/Kinesis", "WriteProvisionedThroughputExceeded", "StreamName", var.stream_name],
        ["AWS/Kinesis", "ReadProvisionedThroughputExceeded", "StreamName", var.stream_name],
      ]
    }
    "How far delivery is behind (ms)" = {
      statistic = "Maximum"
      metrics   = [["AWS/Kinesis", "GetRecords.IteratorAgeMilliseconds", "StreamName", var.stream_name]]
    }
    "Dead letters waiting" = {
      statistic = "Maximum"
      metrics   = [["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", var.queue_name]]
    }
    "Lake, bytes stored" = {
      statistic = "Average"
      period    = 86400
      metrics   = [["AWS/S3", "BucketSizeBytes", "StorageType", "StandardStorage", "BucketName", var.lake_bucket]]
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
