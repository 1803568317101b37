// Run as a child process: holds a data directory until it is killed.
import { writeSync } from 'node:fs'
import { openDataDir } from '../../../node/store/data-dir.ts'

const held = await openDataDir(process.argv[2] ?? '')
writeSync(1, `${held.path}\n`)
setInterval(() => {}, 1000)
