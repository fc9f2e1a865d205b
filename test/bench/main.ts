import { plainOf } from './table.ts'

const [name = ''] = process.argv.slice(2)
const m = await import(`./${name}.ts`)
const { title, tables, plots } = await m[name]()
console.log(title)
for (const table of tables) console.log(plainOf(table))
const { writeFileSync } = await import('node:fs')
for (const p of plots) writeFileSync('/tmp/' + p.file, p.svg)
