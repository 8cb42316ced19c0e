# terraform apply -var-file=env/aws-dev.tfvars
# An example to copy: what has to be yours is marked.
environment = "dev"
region      = "us-east-1"

# Yours: bucket names are unique among all accounts.
lake_bucket  = "md-raw-logs-example"
state_bucket = "md-ingest-state-example"
metrics      = { bucket = "md-raw-metrics-example" }
traces       = { bucket = "md-raw-apm-example" }

# Null instead of a number for on-demand capacity; docs/aws.md says which costs less when.
shard_count     = 2
retention_hours = 72

app = {
  # Yours: the image, its repository where that is in ECR, and the network.
  image          = "123456789012.dkr.ecr.us-east-1.amazonaws.com/camel-app:0.1.0"
  repository_arn = "arn:aws:ecr:us-east-1:123456789012:repository/camel-app"

  intake  = { cpu = 1024, memory = 2048, min = 2, max = 6 }
  deliver = { cpu = 1024, memory = 2048 }

  settings = {
    OUTPUT_COMPRESSION = "gzip"
  }

  # Yours: secrets of Secrets Manager.
  secrets = {
    INGEST_API_KEYS = "arn:aws:secretsmanager:us-east-1:123456789012:secret:camel-app/ingest-api-keys-AbCdEf"
    DASHBOARD_TOKEN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:camel-app/dashboard-token-AbCdEf"
  }

  # The app's own metrics reach CloudWatch, and with them the alarm delivery-lag.
  collector_image = "public.ecr.aws/aws-observability/aws-otel-collector:v0.43.3"

  network = {
    vpc_id         = "vpc-0123456789abcdef0"
    subnet_ids     = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    operator_cidrs = ["10.0.0.0/8"]
  }

  load_balancer = {
    subnet_ids      = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    cidrs           = ["10.0.0.0/8"]
    certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef"
  }
}

catalog = {}
