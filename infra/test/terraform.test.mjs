// What Terraform itself says of these files, where there is a terraform. The AWS provider is not
// needed: stand-in.mjs takes its place.

import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { ROOT } from './configuration.mjs'
import { standIn } from './stand-in.mjs'

const run = promisify(execFile)

function missing() {
  try {
    execFileSync('terraform', ['version'], { stdio: 'ignore' })
    return false
  } catch {
    return 'No terraform here: its own checks are not run'
  }
}

describe('terraform', { skip: missing() }, () => {
  let provider
  let data

  /** Keeps what terraform downloads or links out of the sources. */
  const terraform = async (...args) => {
    const env = { ...process.env, ...provider.env, TF_DATA_DIR: data, TF_IN_AUTOMATION: '1' }
    await run('terraform', args, { cwd: ROOT, env }).catch(({ stdout, stderr }) =>
      assert.fail(`terraform ${args.join(' ')}\n${stdout}\n${stderr}`),
    )
  }

  before(async () => {
    provider = await standIn()
    data = await mkdtemp(join(tmpdir(), 'terraform-'))
    await terraform('init', '-backend=false', '-input=false')
  })

  after(async () => {
    provider.stop()
    await rm(data, { recursive: true })
  })

  test('formats every file like this', () => terraform('fmt', '-check', '-recursive', '-diff'))

  test('finds every file valid', () => terraform('validate'))

  test('computes names, policies, alarms and projection as expected', () =>
    terraform('-chdir=modules/definitions', 'test'))

  test('makes of every module what it must be', () =>
    terraform('test', '-filter=tests/modules.tftest.hcl', '-var=environment=test'))

  for (const [environment, file] of [
    ['localstack', 'tests/localstack.tftest.hcl'],
    ['aws-dev', 'tests/aws_dev.tftest.hcl'],
  ]) {
    test(`makes of env/${environment}.tfvars what it must be`, () =>
      terraform('test', `-var-file=env/${environment}.tfvars`, `-filter=${file}`))
  }
})
