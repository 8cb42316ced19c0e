// What holds of the Terraform files whoever runs them, read with HashiCorp's own parser.

import assert from 'node:assert/strict'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from '@cdktf/hcl2json'
import { ROOT, configuration, files, modules } from './configuration.mjs'

const all = await Promise.all((await modules()).map(async (path) => describe(path, await files(path))))
const byPath = new Map(all.map((module) => [module.path, module]))

function describe(path, parts) {
  const blocks = (kind) => Object.assign({}, ...parts.map((part) => part.blocks[kind] ?? {}))
  return {
    path,
    name: path || 'root',
    text: parts.map((part) => part.text).join('\n'),
    variables: blocks('variable'),
    outputs: blocks('output'),
    calls: blocks('module'),
    terraform: parts.flatMap((part) => part.blocks.terraform ?? []),
  }
}

/** What follows a prefix wherever it occurs, comments aside. */
function references(module, pattern) {
  const code = module.text.replaceAll(/^\s*#.*$/gm, '')
  return new Set([...code.matchAll(pattern)].map(([, name]) => name))
}

for (const module of all) {
  test(`${module.name}: every variable has a type and a description`, () => {
    for (const [name, [variable]] of Object.entries(module.variables)) {
      assert.ok(variable.type, `${name} has no type`)
      assert.match(variable.description ?? '', /\.$/, `${name} has no description`)
    }
  })

  test(`${module.name}: every output has a description`, () => {
    for (const [name, [output]] of Object.entries(module.outputs)) {
      assert.match(output.description ?? '', /\.$/, `${name} has no description`)
    }
  })

  test(`${module.name}: every variable that is used is declared, and the other way round`, () => {
    assert.deepEqual(
      [...references(module, /\bvar\.(\w+)/g)].sort(),
      Object.keys(module.variables).sort(),
    )
  })

  test(`${module.name}: says what it needs of Terraform`, () => {
    assert.equal(module.terraform.length, 1)
    assert.deepEqual(module.terraform[0].required_version, all[0].terraform[0].required_version)
    const { required_providers: needs = all[0].terraform[0].required_providers } = module.terraform[0]
    assert.deepEqual(needs, all[0].terraform[0].required_providers)
  })

  for (const [name, [call]] of Object.entries(module.calls)) {
    const called = byPath.get(join(module.path, call.source))

    test(`${module.name}: gives module ${name} what it takes`, () => {
      const meta = ['source', 'count', 'for_each', 'depends_on']
      const given = Object.keys(call).filter((argument) => !meta.includes(argument))
      const needed = Object.entries(called.variables)
        .filter(([, [variable]]) => !('default' in variable))
        .map(([variable]) => variable)
      assert.deepEqual(given.filter((argument) => !(argument in called.variables)), [])
      assert.deepEqual(needed.filter((argument) => !given.includes(argument)), [])
    })

    test(`${module.name}: takes of module ${name} what it gives`, () => {
      const taken = references(module, new RegExp(`\\bmodule\\.${name}(?:\\[[^\\]]+\\])?\\.(\\w+)`, 'g'))
      assert.deepEqual([...taken].filter((output) => !(output in called.outputs)), [])
    })
  }
}

test('every module is used', async () => {
  const used = all.flatMap((module) => Object.values(module.calls).map(([{ source }]) => join(source)))
  assert.deepEqual([...new Set(used)].sort(), (await modules()).slice(1))
})

test('every attribute and block is one of the provider', async () => {
  const schema = JSON.parse(await readFile(new URL('provider-schema.json', import.meta.url)))
  const { resources, dataSources } = await configuration()
  const meta = ['count', 'for_each', 'depends_on', 'lifecycle', 'provider']

  function check(body, { attributes, block_types: blocks }, where) {
    for (const [name, value] of Object.entries(body)) {
      if (meta.includes(name)) continue
      if (name === 'dynamic') {
        for (const [block, [{ content }]] of Object.entries(value)) {
          assert.ok(blocks[block], `${where} has no block ${block}`)
          check(content[0], blocks[block].block, `${where}.${block}`)
        }
      } else if (blocks[name]) {
        value.forEach((nested) => check(nested, blocks[name].block, `${where}.${name}`))
      } else {
        assert.ok(attributes[name], `${where} has no attribute ${name}`)
      }
    }
    for (const [name, { required }] of Object.entries(attributes)) {
      assert.ok(!required || name in body, `${where} needs ${name}`)
    }
  }

  for (const { path, type, name, body } of resources) {
    check(body, schema.resource_schemas[type].block, `${path}: ${type}.${name}`)
  }
  for (const { path, type, name, body } of dataSources) {
    check(body, schema.data_source_schemas[type].block, `${path}: data.${type}.${name}`)
  }
})

const environments = (await readdir(join(ROOT, 'env'))).filter((name) => name.endsWith('.tfvars'))

for (const environment of environments) {
  test(`env/${environment} sets variables there are`, async () => {
    const values = await parse(environment, await readFile(join(ROOT, 'env', environment), 'utf8'))
    const required = Object.entries(all[0].variables).filter(([, [variable]]) => !('default' in variable))
    assert.deepEqual(Object.keys(values).filter((name) => !(name in all[0].variables)), [])
    assert.deepEqual(required.filter(([name]) => !(name in values)), [])
  })
}

test('the app is given settings it has', async () => {
  const properties = await readFile(join(ROOT, '../src/main/resources/application.properties'), 'utf8')
  const settings = new Set([...properties.matchAll(/\{\{env:(\w+)/g)].map(([, name]) => name))
  const definitions = byPath.get(join('modules', 'definitions')).text
  const given = [...definitions.matchAll(/^ +([A-Z][A-Z_]+) +=/gm)].map(([, name]) => name)
  for (const environment of environments) {
    const { app } = await parse(environment, await readFile(join(ROOT, 'env', environment), 'utf8'))
    given.push(...Object.keys({ ...app?.settings, ...app?.secrets }))
  }
  assert.ok(given.length >= 7)
  assert.deepEqual(given.filter((name) => !settings.has(name)), [])
})

test('every query reads the table and names its services, as partition projection asks', async () => {
  const queries = (await readdir(join(ROOT, 'queries'), { recursive: true })).filter((name) => name.endsWith('.sql'))
  assert.ok(queries.length > 0)
  for (const query of queries) {
    const sql = await readFile(join(ROOT, 'queries', query), 'utf8')
    assert.match(sql, /^-- .*\.\n/, `${query} does not say what it is for`)
    assert.match(sql, /FROM \$\{table\}\nWHERE service (= '|IN \(')/, `${query}: which services?`)
  }
})
