// Writes provider-schema.json: what version 6.25.0 of the AWS provider takes, of the resources used
// here, as far as it shows in the TypeScript bindings that HashiCorp made of it. To be run by hand
// after a resource type was added:
//
//   npm pack @cdktf/provider-aws@21.22.1 && tar xf cdktf-provider-aws-21.22.1.tgz
//   node extract-schema.mjs package/lib

import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { configuration } from './configuration.mjs'

const lib = process.argv[2]
const SCALARS = { string: 'string', number: 'number', boolean: 'bool' }
const GETTERS = {
  getStringAttribute: 'string',
  getNumberAttribute: 'number',
  getBooleanAttribute: 'bool',
  getListAttribute: ['list', 'string'],
  getStringMapAttribute: ['map', 'string'],
}
// Optional in the configuration, and known from AWS where they are not set.
const FROM_AWS_TOO = new Set(['arn', 'id', 'region', 'tags_all'])

const folders = new Map(readdirSync(lib).map((name) => [name.replaceAll('-', ''), join(lib, name)]))

function bindings(name) {
  const folder = folders.get(name)
  if (!folder) throw new Error(`No bindings of ${name}`)
  return {
    js: readFileSync(join(folder, 'index.js'), 'utf8'),
    types: readFileSync(join(folder, 'index.d.ts'), 'utf8'),
  }
}

/** The body between the braces that open after this text. */
function bodyAfter(text, start) {
  const from = text.indexOf('{', text.indexOf(start))
  let depth = 0
  for (let at = from; ; at++) {
    if (text[at] === '{') depth++
    if (text[at] === '}' && --depth === 0) return text.slice(from, at)
  }
}

/** The block whose attributes are set in `attrs` and declared in an interface. */
function block({ js, types }, attrs, interfaceName) {
  const declared = bodyAfter(types, `interface ${interfaceName} `)
  const result = { attributes: {}, block_types: {} }
  const entries = attrs.matchAll(/^ +(\w+): \{\n +value: .*(?:struct\.|this\._)(\w+).*\n +isBlock: (\w+),\n +type: "(\w+)",\n +storageClassType: "(\w+)"/gm)
  for (const [, name, property, isBlock, kind, type] of entries) {
    const [, optional, declaredType] = declared.match(new RegExp(`readonly ${property}(\\??): ([^;]+)`))
    const required = optional === ''
    const nested = /^[A-Z]/.test(type) && nestedBlock({ js, types }, type.replace(/List$/, ''))
    if (isBlock === 'true') {
      const single = kind === 'struct'
      result.block_types[name] = {
        nesting_mode: single ? 'single' : kind,
        block: nested,
        ...(required && { min_items: 1 }),
        ...(!single && !declaredType.includes('[]') && { max_items: 1 }),
      }
    } else {
      result.attributes[name] = {
        type: nested ? [kind, objectOf(nested)] : attributeType(kind, type),
        ...(required ? { required } : { optional: true }),
        ...(FROM_AWS_TOO.has(name) && !required && { computed: true }),
      }
    }
  }
  return result
}

function nestedBlock(files, type) {
  const attrs = bodyAfter(files.js, `function ${type[0].toLowerCase()}${type.slice(1)}ToHclTerraform(`)
  return block(files, attrs, type)
}

const objectOf = ({ attributes }) => [
  'object',
  Object.fromEntries(Object.entries(attributes).map(([name, { type }]) => [name, type])),
]

function attributeType(kind, type) {
  if (kind === 'simple') return SCALARS[type]
  return [kind, SCALARS[type.replace(/(List|Map)$/, '')]]
}

/** What only AWS knows, such as a URL. */
function computed(js, into) {
  for (const [, name, getter] of js.matchAll(
    /\/\/ (\w+) - computed: true, optional: false, required: false\n.*\n +return .*?this\.(get\w+)\(/g,
  )) {
    into.attributes[name] ??= { type: GETTERS[getter] ?? 'dynamic', computed: true }
  }
}

function schema(folder, interfaceName) {
  const files = bindings(folder)
  const resourceClass = files.js.slice(files.js.search(/class \w+ extends cdktf\.Terraform(Resource|DataSource|Provider)/))
  const attrs = resourceClass.includes('synthesizeHclAttributes')
    ? bodyAfter(resourceClass, 'synthesizeHclAttributes() ')
    : ''
  const config = interfaceName ?? files.types.match(/interface (\w+Config) extends/)[1]
  const result = block(files, attrs, config)
  computed(resourceClass, result)
  return { version: 0, block: result }
}

const { resources, dataSources } = await configuration()
const types = (all) => [...new Set(all.map(({ type }) => type))].sort()
const bare = (type) => type.replace(/^aws_/, '').replaceAll('_', '')

// A resource a line, to compare versions by.
const lines = (schemas) => Object.entries(schemas).map(([type, of]) => `"${type}":${JSON.stringify(of)}`)

const all = (kind, prefix) =>
  lines(Object.fromEntries(types(kind).map((type) => [type, schema(prefix + bare(type))]))).join(',\n')

writeFileSync(
  new URL('provider-schema.json', import.meta.url),
  `{"provider":${JSON.stringify(schema('provider', 'AwsProviderConfig'))},
"resource_schemas":{
${all(resources, '')}
},
"data_source_schemas":{
${all(dataSources, 'dataaws')}
}}
`,
)
