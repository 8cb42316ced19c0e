// A stand-in for the AWS provider: it tells Terraform the schema of provider-schema.json and finds
// everything valid. With it, terraform validate and tests with mock providers work without the
// registry that has the real one.

import { Server, ServerCredentials } from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'
import { loadPackageDefinition } from '@grpc/grpc-js'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))
const { tfplugin6 } = loadPackageDefinition(
  loadSync(here('tfplugin6.proto'), { keepCase: true, longs: Number }),
)

const block = ({ attributes, block_types }) => ({
  attributes: Object.entries(attributes).map(([name, attribute]) => ({
    ...attribute,
    name,
    type: Buffer.from(JSON.stringify(attribute.type)),
  })),
  block_types: Object.entries(block_types).map(([type_name, nested]) => ({
    ...nested,
    type_name,
    nesting: nested.nesting_mode.toUpperCase(),
    block: block(nested.block),
  })),
})

const schema = (of) => ({ version: of.version, block: block(of.block) })
const each = (schemas) => Object.fromEntries(Object.entries(schemas).map(([type, of]) => [type, schema(of)]))

/** Starts it. The environment it answers with makes Terraform use it for hashicorp/aws. */
export async function standIn() {
  const schemas = JSON.parse(readFileSync(here('provider-schema.json'), 'utf8'))
  const valid = (_, reply) => reply(null, {})
  const server = new Server({ 'grpc.max_send_message_length': -1 })
  server.addService(tfplugin6.Provider.service, {
    GetProviderSchema: (_, reply) =>
      reply(null, {
        provider: schema(schemas.provider),
        resource_schemas: each(schemas.resource_schemas),
        data_source_schemas: each(schemas.data_source_schemas),
      }),
    ValidateProviderConfig: valid,
    ValidateResourceConfig: valid,
    ValidateDataResourceConfig: valid,
    StopProvider: valid,
  })
  const folder = mkdtempSync(join(tmpdir(), 'stand-in-'))
  const socket = join(folder, 'provider.sock')
  await new Promise((bound, failed) =>
    server.bindAsync(`unix:${socket}`, ServerCredentials.createInsecure(), (failure) =>
      failure ? failed(failure) : bound(),
    ),
  )
  return {
    env: {
      TF_REATTACH_PROVIDERS: JSON.stringify({
        'registry.terraform.io/hashicorp/aws': {
          Protocol: 'grpc',
          ProtocolVersion: 6,
          Pid: process.pid,
          Test: true,
          Addr: { Network: 'unix', String: socket },
        },
      }),
    },
    stop() {
      server.forceShutdown()
      rmSync(folder, { recursive: true })
    },
  }
}
