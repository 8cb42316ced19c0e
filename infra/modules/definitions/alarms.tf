locals {
  stream_dimensions = { StreamName = var.stream_name }

  # Metrics and traces may be silent; what came must be delivered all the same.
  signal_alarms = {
    for signal, place in var.signals : "delivery-behind-${signal}" => {
      description = "Delivery reads ${signal} more than 5 minutes after they came in, or does not read: it is down, S3 refuses, or it needs more power."
      comparison  = "GreaterThanThreshold"
      threshold   = 5 * 60 * 1000
      minutes     = 5
      missing     = "breaching"
      queries = [{
        id         = "age"
        namespace  = "AWS/Kinesis"
        metric     = "GetRecords.IteratorAgeMilliseconds"
        statistic  = "Maximum"
        dimensions = { StreamName = place.stream_name }
      }]
    }
  }

  # Every alarm as a list of queries, of which the last counts; a query has a metric or an expression.
  alarms = merge(local.metrics_alarms, local.signal_alarms, {
    no-incoming-records = {
      description = "No record reached the stream for 10 minutes: nobody sends, or intake is down."
      comparison  = "LessThanThreshold"
      threshold   = 1
      minutes     = 10
      # Kinesis reports nothing at all while nothing comes in.
      missing = "breaching"
      queries = [{
        id         = "records"
        namespace  = "AWS/Kinesis"
        metric     = "IncomingRecords"
        statistic  = "Sum"
        dimensions = local.stream_dimensions
      }]
    }

    delivery-behind = {
      description = "Delivery reads records more than 5 minutes after they came in, or does not read: it is down, S3 refuses, or it needs more power."
      comparison  = "GreaterThanThreshold"
      threshold   = 5 * 60 * 1000
      minutes     = 5
      # Kinesis reports the age of what is read; whoever reads nothing is behind.
      missing = "breaching"
      queries = [{
        id         = "age"
        namespace  = "AWS/Kinesis"
        metric     = "GetRecords.IteratorAgeMilliseconds"
        statistic  = "Maximum"
        dimensions = local.stream_dimensions
      }]
    }

    write-throttling = {
      description = "Kinesis refuses more than 1 % of what is written: the stream needs more shards, or a busy service more partition keys."
      comparison  = "GreaterThanThreshold"
      threshold   = 1
      minutes     = 5
      missing     = "notBreaching"
      queries = [
        {
          id         = "refused"
          namespace  = "AWS/Kinesis"
          metric     = "WriteProvisionedThroughputExceeded"
          statistic  = "Sum"
          dimensions = local.stream_dimensions
        },
        {
          id         = "written"
          namespace  = "AWS/Kinesis"
          metric     = "IncomingRecords"
          statistic  = "Sum"
          dimensions = local.stream_dimensions
        },
        {
          id         = "percent"
          expression = "IF(refused + written > 0, 100 * refused / (refused + written), 0)"
          label      = "% of records refused"
        },
      ]
    }

    dead-letters = {
      description = "Records that can never be delivered wait on the dead-letter queue for somebody to look at them; it keeps them for 14 days."
      comparison  = "GreaterThanThreshold"
      threshold   = 0
      minutes     = 5
      missing     = "notBreaching"
      queries = [{
        id         = "visible"
        namespace  = "AWS/SQS"
        metric     = "ApproximateNumberOfMessagesVisible"
        statistic  = "Maximum"
        dimensions = { QueueName = var.queue_name }
      }]
    }
  })
}
