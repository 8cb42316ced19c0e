// The Terraform files as data.

import { parse } from '@cdktf/hcl2json'
import { readFile, readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** The folders of all modules, the root's first as ''. */
export async function modules() {
  const names = (await readdir(join(ROOT, 'modules'))).sort()
  return ['', ...names.map((name) => join('modules', name))]
}

/** Every file of a module: its path, its text and its blocks. */
export async function files(module) {
  const names = (await readdir(join(ROOT, module))).filter((name) => name.endsWith('.tf')).sort()
  return Promise.all(
    names.map(async (name) => {
      const path = join(ROOT, module, name)
      const text = await readFile(path, 'utf8')
      return { path: relative(ROOT, path), text, blocks: await parse(name, text) }
    }),
  )
}

/** All blocks of one kind with two labels: resources or data sources. */
function labelled(file, kind) {
  return Object.entries(file.blocks[kind] ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([name, [body]]) => ({ path: file.path, type, name, body })),
  )
}

export async function configuration() {
  const all = (await Promise.all((await modules()).map(files))).flat()
  return {
    resources: all.flatMap((file) => labelled(file, 'resource')),
    dataSources: all.flatMap((file) => labelled(file, 'data')),
  }
}
