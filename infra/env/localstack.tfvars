# terraform apply -var-file=env/localstack.tfvars
# Names are those the app uses by default. What LocalStack's free edition does not have stays out:
# Fargate, Glue, CloudTrail.
environment  = "localstack"
endpoint_url = "http://localhost:4566"

shard_count     = 1
retention_hours = 24
force_destroy   = true
