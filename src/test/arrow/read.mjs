// Prints what Arrow reads of a Parquet file: the types of its columns, then each row, as JSON.

import { readFileSync } from 'node:fs';
import { tableFromIPC } from 'apache-arrow';
import { readParquet } from 'parquet-wasm/node';

const table = tableFromIPC(readParquet(readFileSync(process.argv[2])).intoIPCStream());
console.log(JSON.stringify(table.schema.fields.map((field) => `${field.name} ${field.type}`)));
for (const row of table) {
  console.log(JSON.stringify(row.toArray().map((value) => (typeof value === 'bigint' ? String(value) : value))));
}
